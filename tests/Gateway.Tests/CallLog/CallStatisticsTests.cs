using System.Globalization;
using GeminiBalance.Gateway.CallLog;
using GeminiBalance.Gateway.Storage;
using GeminiBalance.Gateway.Tests.Storage;
using GeminiBalance.Gateway.Upstream;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Tests.CallLog;

/// <summary>What the counters say, against what a count of every single attempt says.</summary>
public sealed class CallStatisticsTests : IDisposable
{
    private const int Calls = 3_000;
    private readonly TemporaryFolder folder = new();
    private readonly OpenStorage storage;
    private readonly SqliteReader reader;
    private readonly List<LoggedAttempt> attempts = [];

    public CallStatisticsTests()
    {
        storage = new OpenStorage(folder.Path);
        reader = new SqliteReader(storage.Database);
    }

    public void Dispose()
    {
        reader.Dispose();
        storage.Dispose();
        folder.Dispose();
    }

    [Theory]
    [InlineData("1m", 60, 0.001)]
    [InlineData("1h", 60, 60)]
    [InlineData("8h", 8 * 60, 60)]
    [InlineData("24h", 24 * 60, 60)]
    [InlineData("30d", 30 * 24 * 60, 3600)]
    public async Task Sums_AddUp(string name, int minutes, double cellSeconds)
    {
        using var log = await CountAsync();
        var statistics = new SqliteCallStatistics(reader);
        var period = CallPeriod.Find(name)!;
        var now = log.Time.GetUtcNow();
        Assert.Equal(name == "1m" ? TimeSpan.FromMinutes(1) : TimeSpan.FromMinutes(minutes), period.Length);

        foreach (var (by, keyOf) in new (CallGrouping, Func<LoggedAttempt, string>)[]
        {
            (CallGrouping.All, _ => ""),
            (CallGrouping.Model, attempt => attempt.Model),
            (CallGrouping.Outcome, attempt => $"{(int)attempt.Outcome}"),
        })
        {
            var expected = Expected(Since(now, period, cellSeconds), keyOf);
            var actual = await statistics.SumAsync(period.Query(by, null, now), CancellationToken.None);
            Assert.Equal(expected, actual.OrderBy(sum => sum.Group, StringComparer.Ordinal));
            Assert.Equal(actual.Select(sum => sum.Calls).OrderDescending(), actual.Select(sum => sum.Calls));
        }
    }

    [Theory]
    [InlineData("1m", 0.001)]
    [InlineData("1h", 60)]
    [InlineData("8h", 3600)]
    [InlineData("24h", 3600)]
    [InlineData("30d", 3600)]
    public async Task SumsOfKeys_AddUp(string name, double cellSeconds)
    {
        using var log = await CountAsync();
        var statistics = new SqliteCallStatistics(reader);
        var period = CallPeriod.Find(name)!;
        var now = log.Time.GetUtcNow();
        var all = Since(now, period, cellSeconds);

        var byKey = await statistics.SumAsync(period.Query(CallGrouping.Key, null, now), CancellationToken.None);
        var ofOne = await statistics.SumAsync(period.Query(CallGrouping.Model, CallLogUnderTest.Key(1).Value, now), CancellationToken.None);

        Assert.Equal(Expected(all, attempt => attempt.KeyId.Value), byKey.OrderBy(sum => sum.Group, StringComparer.Ordinal));
        Assert.Equal(Expected(all.Where(attempt => attempt.KeyId == CallLogUnderTest.Key(1)), attempt => attempt.Model), ofOne.OrderBy(sum => sum.Group, StringComparer.Ordinal));
        Assert.Equal(byKey.Take(2), await statistics.SumAsync(period.Query(CallGrouping.Key, null, now, groupsMax: 2), CancellationToken.None));
    }

    [Theory]
    [InlineData("1h", 60, 60)]
    [InlineData("8h", 60, 3600)]
    [InlineData("24h", 60, 3600)]
    [InlineData("30d", 3600, 3600)]
    public async Task Trend_AddsUp(string name, int cellSeconds, int pointSeconds)
    {
        using var log = await CountAsync();
        var period = CallPeriod.Find(name)!;
        var now = log.Time.GetUtcNow();

        var trend = await new SqliteCallStatistics(reader).SumAsync(period.Trend(null, now), CancellationToken.None);

        Assert.Equal(
            Expected(Since(now, period, cellSeconds), attempt => Floor(attempt.Time, pointSeconds).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)), trend);
    }

    [Fact]
    public async Task Sums_WithoutCalls_AreEmpty()
    {
        Assert.Empty(await new SqliteCallStatistics(reader).SumAsync(CallPeriod.Find("24h")!.Query(CallGrouping.All, null, DateTimeOffset.UnixEpoch), CancellationToken.None));
    }

    private static DateTimeOffset Floor(DateTimeOffset time, double seconds) =>
        new(time.Ticks - (time.Ticks % (long)(seconds * TimeSpan.TicksPerSecond)), TimeSpan.Zero);

    private List<LoggedAttempt> Since(DateTimeOffset now, CallPeriod period, double cellSeconds) =>
        [.. attempts.Where(attempt => Floor(attempt.Time, cellSeconds) >= now - period.Length)];

    private static IEnumerable<CallSum> Expected(IEnumerable<LoggedAttempt> attempts, Func<LoggedAttempt, string> keyOf) => attempts
        .GroupBy(keyOf)
        .Select(group => new CallSum(
            group.Key,
            group.Count(),
            group.Count(attempt => attempt.Outcome == CallOutcomeKind.Succeeded),
            group.Count(attempt => attempt.Outcome == CallOutcomeKind.ClientLeft),
            group.Sum(attempt => attempt.PromptTokens ?? 0),
            group.Sum(attempt => attempt.OutputTokens ?? 0),
            group.Sum(attempt => (long)attempt.LatencyMs)))
        .OrderBy(sum => sum.Group, StringComparer.Ordinal);

    /// <summary>Attempts in ever denser succession up to now, some of which find the queue full. Of these the log knows nothing, but the counters do.</summary>
    private async Task<CallLogUnderTest> CountAsync()
    {
        var log = new CallLogUnderTest(new CallLogOptions { QueueRowsMax = 64, BatchRowsMax = 10 }, new SqliteCallLogStore(storage.Database));
        var random = new Random(4711);
        var kinds = Enum.GetValues<CallOutcomeKind>();
        for (var i = 0; i < Calls; i++)
        {
            var outcome = new CallOutcome(kinds[random.Next(kinds.Length)])
            {
                PromptTokens = random.Next(3) == 0 ? null : random.Next(1000),
                OutputTokens = random.Next(3) == 0 ? null : random.Next(1000),
                Latency = TimeSpan.FromMilliseconds(random.Next(60_000)),
            };
            var (key, model) = (random.Next(5), $"gemini-{random.Next(3)}");
            log.Record(new AttemptResult(outcome) { IsUnreachable = true }, key, model);
            attempts.Add(new LoggedAttempt
            {
                Time = log.Time.GetUtcNow(), KeyId = CallLogUnderTest.Key(key), Model = model, Face = CallFace.Gemini, ClientId = "", Number = 1, IsStream = false,
                Outcome = outcome.Kind, LatencyMs = (int)outcome.Latency.TotalMilliseconds, PromptTokens = outcome.PromptTokens, OutputTokens = outcome.OutputTokens,
            });
            log.Time.Advance(TimeSpan.FromSeconds(31 * 24 * 3600.0 / (i + 1) / (i + 1) * random.NextDouble() * 40) + TimeSpan.FromMilliseconds(random.Next(1, 20)));

            // The last minute is counted from the rows of the log, so there the queue must keep up.
            if (i % 50 == 49 && (i > Calls - 1000 || i % 250 == 249))
            {
                await log.FlushAsync();
            }
        }

        while (log.Queue.Count > 0)
        {
            await log.FlushAsync();
        }

        await log.FlushAsync();
        Assert.InRange(log.Queue.Dropped, 1, Calls);
        return log;
    }
}
