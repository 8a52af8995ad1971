namespace GeminiBalance.KeyPool.Tests.Holding;

public sealed class HoldingPropertyTests
{
    private static readonly long[] RequestLimits = [1, 2, 5, 20, 65, 100];

    [Fact]
    public async Task Holders_AnyFailures_NeverOverInAnyMinute()
    {
        var granted = 0;
        for (var seed = 0; seed < 240; seed++)
        {
            var run = new HoldingRun(seed, RequestLimits[seed % RequestLimits.Length], failures: true);
            await run.RunAsync(TimeSpan.FromMinutes(15), stepMilliseconds: 600);
            granted += run.Granted;
        }

        Assert.InRange(granted, 10_000, 240 * 15 * 100); // The runs are not idle.
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(65)]
    [InlineData(100)]
    public async Task Holders_MovedCleanlyAllTheTime_UseNearlyAll(int requestsPerMinute)
    {
        const int minutes = 30;
        var run = new HoldingRun(1_000 + requestsPerMinute, requestsPerMinute, failures: false);
        await run.RunAsync(TimeSpan.FromMinutes(minutes), stepMilliseconds: 40);

        Assert.InRange(run.Granted / (double)(minutes * requestsPerMinute), 0.98, 1.04);
    }
}
