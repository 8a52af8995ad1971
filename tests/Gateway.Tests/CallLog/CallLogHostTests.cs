using GeminiBalance.Gateway.CallLog;
using GeminiBalance.Gateway.Tests.Hosts;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Tests.CallLog;

public sealed class CallLogHostTests
{
    [Fact]
    public async Task Running_WritesEverySecond()
    {
        using var log = new CallLogUnderTest();
        var watch = new TimerWatch(log.Time, Limits.CallLogInterval);
        using var host = new CallLogHost(log.Writer, watch);
        log.Record(CallOutcomeKind.Succeeded);

        await host.StartAsync(CancellationToken.None);
        await watch.Armed;
        Assert.Empty(log.Store.Batches);
        log.Time.Advance(Limits.CallLogInterval);
        await log.Store.FirstWrite;

        Assert.Single(log.Store.Attempts);
        await host.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Stop_WritesWhatWaits()
    {
        using var log = new CallLogUnderTest(new CallLogOptions { BatchRowsMax = 2 });
        using var host = new CallLogHost(log.Writer, log.Time);
        await host.StartAsync(CancellationToken.None);
        for (var i = 0; i < 5; i++)
        {
            log.Record(CallOutcomeKind.Succeeded);
        }

        await host.StopAsync(CancellationToken.None);

        Assert.Equal(5, log.Store.Attempts.Count());
        Assert.Empty(log.Logs);
    }

    [Fact]
    public async Task Stop_StoreAway_TellsWhatIsLost()
    {
        using var log = new CallLogUnderTest(new CallLogOptions { BatchRowsMax = 2 });
        using var host = new CallLogHost(log.Writer, log.Time);
        await host.StartAsync(CancellationToken.None);
        log.Store.IsAway = true;
        for (var i = 0; i < 5; i++)
        {
            log.Record(CallOutcomeKind.Succeeded);
        }

        await host.StopAsync(CancellationToken.None);

        Assert.Single(log.Logs, line => line.StartsWith("Warning 3203 5 rows", StringComparison.Ordinal));
    }
}
