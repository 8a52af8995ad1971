using GeminiBalance.TestKit;

namespace GeminiBalance.KeyPool.Tests.Local;

/// <summary>
/// A hundred thousand keys. Memory is bound here. Time is bound so that a walk over all keys would show, and a busy test machine does not;
/// a choice takes about a microsecond, as the benchmarks measure.
/// </summary>
[Collection(AloneCollection.Name)]
public sealed class ScaleTests
{
    private const int Keys = 100_000;
    private const int Calls = 20_000;
    private static readonly TimeSpan ChoiceMax = TimeSpan.FromMilliseconds(1);

    [Fact]
    public async Task HundredThousandKeys_FitAndAreChosenQuickly()
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var harness = await PoolHarness.StartAsync(Keys, Samples.Table(rpm: 5));
        var perIdleKey = (GC.GetTotalMemory(forceFullCollection: true) - before) / Keys;
        Assert.True(perIdleKey < 1_500, $"{perIdleKey} bytes for an idle key, its stored row included.");

        harness.Lease();
        var clock = TimeProvider.System;
        var start = clock.GetTimestamp();
        for (var i = 0; i < Calls; i++)
        {
            harness.Settle(harness.Lease(), CallOutcomeKind.Succeeded);
        }

        var perCall = clock.GetElapsedTime(start) / Calls;
        Assert.True(perCall < ChoiceMax, $"{perCall.TotalMicroseconds} µs for an acquire and settle.");
        var perBusyKey = (GC.GetTotalMemory(forceFullCollection: true) - before) / Keys;
        Assert.True(perBusyKey < 2_500, $"{perBusyKey} bytes for a key.");
    }
}
