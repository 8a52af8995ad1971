using System.Globalization;
using GeminiBalance.KeyPool.Tests.Local;
using GeminiBalance.TestKit;

namespace GeminiBalance.KeyPool.Tests.Simulation;

/// <summary>Promises 1 and 2 together: demand of 120 %, clients that wait up to ten seconds, and a book per key of what the upstream may have seen.</summary>
public sealed class UtilizationTests
{
    [Theory]
    [InlineData(2, 5, 30)]
    [InlineData(2, 1000, 6)]
    [InlineData(100, 5, 10)]
    [InlineData(10_000, 5, 4)]
    public async Task Acquire_DemandOf120Percent_UsesNinetyNineAndIsNeverOver(int keys, int rpm, int minutes)
    {
        var harness = await PoolHarness.StartAsync(keys, Samples.Table(rpm));
        var books = harness.Keys.ToDictionary(key => key.Id, _ => new List<DateTimeOffset>());
        var start = harness.Now;
        var end = start + TimeSpan.FromMinutes(minutes);
        var gap = TimeSpan.FromSeconds(60 / (1.2 * keys * rpm));
        var waiting = new List<Task<LeaseResult>>();
        for (var n = 0; start + (n * gap) < end; n++)
        {
            harness.Time.AdvanceTo(start + (n * gap));
            var request = Samples.Request(10, "client" + (n % 7).ToString(CultureInfo.InvariantCulture));
            waiting.Add(harness.AcquireAsync(request).AsTask());
        }

        harness.Time.AdvanceTo(end);
        foreach (var result in waiting.Where(task => task.IsCompleted).Select(task => task.GetAwaiter().GetResult()))
        {
            if (result.IsGranted)
            {
                books[result.Lease.Key.Id].Add(result.Lease.GrantedAt);
            }
            else
            {
                Assert.Equal(LeaseDenialReason.RateLimited, result.Denial);
            }
        }

        Assert.Equal(0, OverMinute(books, rpm));

        // The first minute finds all tokens unspent: what counts is the use from then on.
        var granted = books.Values.Sum(book => book.Count(at => at >= start + TimeSpan.FromMinutes(1)));
        var use = granted / ((minutes - 1.0) * keys * rpm);
        Assert.True(use >= 0.99, $"Used {use:P2} of {keys} keys of {rpm} a minute.");
    }

    private static int OverMinute(Dictionary<KeyId, List<DateTimeOffset>> books, int rpm)
    {
        var guard = KeyLedgerOptions.Default.Guard;
        var over = 0;
        foreach (var book in books.Values)
        {
            book.Sort();
            for (var i = rpm; i < book.Count; i++)
            {
                over += book[i] - (book[i - rpm] + guard) <= TimeSpan.FromSeconds(60) ? 1 : 0;
            }
        }

        return over;
    }
}
