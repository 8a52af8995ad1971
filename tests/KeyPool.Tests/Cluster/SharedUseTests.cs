using System.Globalization;
using GeminiBalance.TestKit;

namespace GeminiBalance.KeyPool.Tests.Cluster;

/// <summary>Two gateways over the same keys: never over, nearly all used, and few asks for it.</summary>
public sealed class SharedUseTests
{
    [Theory]
    [InlineData(1.2, 0.99, 2.0)]
    [InlineData(0.9, 0.89, 1.2)]
    public async Task Acquire_TwoGateways_UseWhatTheyMayWithFewAsks(double demand, double useMin, double callsMax)
    {
        const int rpm = 5;
        const int minutes = 8;
        var harness = new ClusterHarness(200, Samples.Table(rpm), gateways: 2) { Ledgers = { Delay = TimeSpan.FromMilliseconds(1) } };
        var start = harness.Time.GetUtcNow();
        var end = start + TimeSpan.FromMinutes(minutes);
        var gap = TimeSpan.FromSeconds(60 / (demand * harness.Keys.Count * rpm));
        var calls = new List<Task>();
        var granted = 0L;
        var denied = 0;
        long Grants() => harness.Pools.Sum(pool => pool.Health.Grants);
        for (var n = 0; start + (n * gap) < end; n++)
        {
            harness.Time.AdvanceTo(start + (n * gap));
            calls.Add(CallAsync(n));
            granted = n * gap < TimeSpan.FromMinutes(1) ? Grants() : granted;
        }

        harness.Time.AdvanceTo(end);
        var messages = harness.Ledgers.Asks + harness.Ledgers.SettlementMessages;
        var use = (Grants() - granted) / ((minutes - 1.0) * harness.Keys.Count * rpm);
        Assert.True(use >= useMin, $"Used {use:P2}");
        Assert.True((double)messages / Grants() <= callsMax, $"{messages} messages for {Grants()} calls");
        Assert.True(demand > 1 || denied == 0, $"{denied} denied");

        async Task CallAsync(int n)
        {
            var pool = harness.Pools[n % 2];
            var request = Samples.Request(10, "client" + (n % 7).ToString(CultureInfo.InvariantCulture));
            var result = await pool.AcquireAsync(request, CancellationToken.None);
            if (!result.IsGranted)
            {
                Interlocked.Increment(ref denied);
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(300), harness.Time);
            pool.Settle(result.Lease, new CallOutcome(CallOutcomeKind.Succeeded) { SentAt = result.Lease.SendBefore, PromptTokens = 10 });
        }
    }
}
