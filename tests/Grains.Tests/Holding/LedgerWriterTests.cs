using GeminiBalance.Grains.Tests.Clusters;
using GeminiBalance.KeyPool;
using GeminiBalance.TestKit;

namespace GeminiBalance.Grains.Tests.Holding;

public sealed class LedgerWriterTests
{
    private static readonly KeyLimits Unlimited = KeyLimits.Unlimited;

    [Fact]
    public async Task UrgentChange_IsWrittenAtOnce_TogetherWithWhatWaits()
    {
        var bench = new HoldingBench();
        var (first, second) = (await bench.HoldAsync(1), await bench.HoldAsync(2));
        first.Answer(HoldingBench.Ask(Unlimited));
        Assert.Equal(1, bench.Services.Writer.Waiting);
        await second.Change((holder, now) => holder.Disable("by hand", now));

        Assert.Equal((1, 2, 1), (bench.Store.Counts.Calls(ClaimStoreCall.Save), bench.Store.Counts.Rows(ClaimStoreCall.Save), bench.Used(1)));
        Assert.Equal(KeyState.Disabled, KeyLedgerSnapshot.FromJson(bench.Store.Find(Asks.Key(2))!.Json).State);
    }

    [Fact]
    public async Task ChangesDuringAWrite_AreWrittenByTheNextOne_InBoundedBatches()
    {
        var bench = new HoldingBench();
        var keys = new List<Grains.Holding.HeldKey>();
        for (var number = 0; number < 7; number++)
        {
            keys.Add(await bench.HoldAsync(number));
        }

        var (entered, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        bench.Store.Before = (call, _) =>
        {
            entered.TrySetResult();
            return call == ClaimStoreCall.Save ? go.Task : Task.CompletedTask;
        };
        var first = keys[0].Change((holder, now) => holder.Disable("by hand", now));
        await entered.Task;
        var rest = keys.Select(key => key.Change((holder, now) => holder.Disable("again", now))).ToList();
        Assert.False(first.IsCompleted);
        go.SetResult();
        await Task.WhenAll(rest);

        Assert.Equal((4, 8), (bench.Store.Counts.Calls(ClaimStoreCall.Save), bench.Store.Counts.Rows(ClaimStoreCall.Save))); // 1, then 3, 3 and 1 of 3 at the most.
        Assert.Equal("again", KeyLedgerSnapshot.FromJson(bench.Store.Find(Asks.Key(0))!.Json).Reason);
    }

    [Fact]
    public async Task LedgerThatCannotBeTaken_KeepsNoOtherFromTheStore()
    {
        var bench = new HoldingBench();
        var held = await bench.HoldAsync(1);
        var broken = new Grains.Holding.HeldKey(Asks.Key(2), null!, null!, TimeSpan.Zero, bench.Services);
        bench.Services.Writer.Changed(broken, isUrgent: false);
        await held.Change((holder, now) => holder.Disable("by hand", now));
        await held.Change((holder, now) => holder.Disable("again", now));

        Assert.Equal((1, 2), (bench.Meter.FailedWrites, bench.Meter.Writes));
    }

    [Fact]
    public async Task FailedWrite_IsTriedAgainUntilItWorks()
    {
        var bench = new HoldingBench(writeInterval: TimeSpan.FromMilliseconds(5));
        var held = await bench.HoldAsync(1);
        var failures = 0;
        bench.Store.Before = (call, _) => call == ClaimStoreCall.Save && Interlocked.Increment(ref failures) <= 3 ? throw new IOException("away") : Task.CompletedTask;
        await held.Change((holder, now) => holder.Disable("by hand", now));

        Assert.Equal((4, 3, 1), (failures, bench.Meter.FailedWrites, bench.Meter.Writes));
    }

    [Fact]
    public async Task KeyGivenBackWhileItIsWritten_IsNoLoss()
    {
        var bench = new HoldingBench();
        var held = await bench.HoldAsync(1);
        var (entered, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        bench.Store.Before = (call, _) =>
        {
            if (call != ClaimStoreCall.Save)
            {
                return Task.CompletedTask;
            }

            entered.TrySetResult();
            return go.Task;
        };
        var change = held.Change((holder, now) => holder.Disable("by hand", now));
        await entered.Task;
        await bench.Services.GiveBackAsync(held, CancellationToken.None);
        go.SetResult();

        await Assert.ThrowsAsync<LedgerUnavailableException>(() => change);
        await Asks.WhenAsync(() => bench.Store.Counts.Calls(ClaimStoreCall.Save) == 1 && bench.Services.Writer.Waiting == 0);
        Assert.Equal(0, bench.Meter.Losses);
        Assert.Equal(KeyState.Disabled, KeyLedgerSnapshot.FromJson(bench.Store.Find(Asks.Key(1))!.Json).State);
    }

    [Fact]
    public async Task StoreOutOfReach_ChunksGoOnWithoutIt_AndItIsNotAsked()
    {
        var bench = new HoldingBench(writeInterval: TimeSpan.FromMilliseconds(5));
        var held = await bench.HoldAsync(1);
        var limits = new KeyLimits(0, 0, 50); // A chunk of one.
        bench.Store.Failure = new IOException("away");
        Assert.Single(held.Answer(HoldingBench.Ask(limits)).Grants);
        Assert.Equal(KeyDenialReason.NeedsCheckpoint, held.Answer(HoldingBench.Ask(limits)).Denial);
        bench.Degrade();

        await Asks.WhenAsync(() => held.Answer(HoldingBench.Ask(limits)).Grants.Count == 1);
        var tried = bench.Meter.FailedWrites;
        await Asks.WhenAsync(() => held.Answer(HoldingBench.Ask(limits)).Grants.Count == 1);
        Assert.Equal(tried, bench.Meter.FailedWrites);
        bench.Store.Failure = null;
        bench.Recover();
        await Asks.WhenAsync(() => bench.Store.Find(Asks.Key(1))!.Json is not null && bench.Used(1) == 3);
    }
}
