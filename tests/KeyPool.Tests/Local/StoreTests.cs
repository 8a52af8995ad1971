using GeminiBalance.TestKit;

namespace GeminiBalance.KeyPool.Tests.Local;

public sealed class StoreTests
{
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(60.25) + TimeSpan.FromTicks(1);

    [Fact]
    public async Task Stop_Clean_RestoresTheExactWindows()
    {
        var harness = await PoolHarness.StartAsync(2, Samples.Table(rpm: 1));
        var lease = harness.Lease();
        harness.Time.Advance(TimeSpan.FromSeconds(20));
        await harness.Pool.StopAsync(default);
        Assert.Null(harness.Store.OpenClaimUntil);

        var next = await PoolHarness.StartAsync(2, Samples.Table(rpm: 1), store: harness.Store, time: harness.Time);
        Assert.NotEqual(lease.Key, next.Lease().Key);
        Assert.Equal(Span - TimeSpan.FromSeconds(20), next.Acquire().RetryAfter);
    }

    [Fact]
    public async Task Start_AfterAKill_CountsEveryWindowAsFull()
    {
        var harness = await PoolHarness.StartAsync(2, Samples.Table(rpm: 5));
        harness.Lease();
        var next = await PoolHarness.StartAsync(2, Samples.Table(rpm: 5), store: harness.Store.Copy(), time: harness.Time);
        Assert.Equal(Span, next.Acquire().RetryAfter);
    }

    [Fact]
    public async Task Start_LongAfterAKill_IsReadyAtOnce()
    {
        var harness = await PoolHarness.StartAsync(2, Samples.Table(rpm: 5));
        harness.Lease();
        var disk = harness.Store.Copy();
        harness.Time.Advance(TimeSpan.FromSeconds(5) + Span);
        var next = await PoolHarness.StartAsync(2, Samples.Table(rpm: 5), store: disk, time: harness.Time);
        Assert.True(next.Acquire().IsGranted);
    }

    [Fact]
    public async Task Stop_DuringAHold_KeepsTheHold()
    {
        var harness = await PoolHarness.StartAsync(1, Samples.Table(rpm: 5));
        var second = await PoolHarness.StartAsync(1, Samples.Table(rpm: 5), store: harness.Store.Copy(), time: harness.Time);
        await second.Pool.StopAsync(default);
        var third = await PoolHarness.StartAsync(1, Samples.Table(rpm: 5), store: second.Store, time: harness.Time);
        Assert.Equal(Span, third.Acquire().RetryAfter);
    }

    [Fact]
    public async Task Acquire_DayCountAheadOfTheStore_WaitsForTheWriteOnly()
    {
        var harness = await PoolHarness.StartAsync(1, Samples.Table(rpd: 20));
        harness.Lease();
        var waiting = harness.AcquireAsync(Samples.Request(5)).AsTask();
        Assert.False(waiting.IsCompleted);
        harness.Time.Advance(TimeSpan.Zero); // The background write runs.
        Assert.True((await waiting).IsGranted);
    }

    [Fact]
    public async Task Checkpoint_FaultBeforeTheStoreIsAsked_IsShownAndTriedAgain()
    {
        var (clock, failures) = (new SettableClock(), 0);
        var store = new InMemoryLedgerStore().With(Samples.NewKeys(1));
        var pool = new LocalKeyPool(store, clock, new LocalKeyPoolOptions { StoreFailed = _ => failures++ });
        await pool.StartAsync(CancellationToken.None);
        clock.Fault = new InvalidOperationException("A fault of the program.");
        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal((1, true), (failures, pool.Health.IsDegraded));

        clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal((1, false, true), (failures, pool.Health.IsDegraded, pool.Health.CanGrant));
    }

    [Fact]
    public async Task Claim_NotRenewedInTime_StopsGrantsUntilItIs()
    {
        var failures = 0;
        var options = new LocalKeyPoolOptions { StoreFailed = _ => failures++ };
        var harness = await PoolHarness.StartAsync(1, options: options);
        harness.Time.Advance(TimeSpan.FromSeconds(4));
        harness.Store.Failure = new IOException("The disk is full.");
        var claimUntil = harness.Pool.Health.ClaimValidUntil;
        harness.Time.AdvanceTo(claimUntil);
        Assert.True(harness.Acquire().IsGranted);
        Assert.Equal((true, true), (harness.Pool.Health.CanGrant, harness.Pool.Health.IsDegraded));

        harness.Time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(LeaseDenialReason.StoreUnavailable, harness.Acquire().Denial);
        Assert.False(harness.Pool.Health.CanGrant);
        Assert.Equal(harness.Pool.Health.FailedWrites, failures);
        var waiting = harness.AcquireAsync(Samples.Request(10)).AsTask();
        harness.Store.Failure = null;
        harness.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.True((await waiting).IsGranted);
        Assert.Equal((true, false), (harness.Pool.Health.CanGrant, harness.Pool.Health.IsDegraded));
    }

    [Fact]
    public async Task Claim_GrantsWithoutStore_GoesOnDegraded()
    {
        var harness = await PoolHarness.StartAsync(1, Samples.Table(rpd: 100), new LocalKeyPoolOptions { GrantsWithoutStore = true });
        harness.Store.Failure = new IOException("The disk is full.");
        for (var i = 0; i < 20; i++)
        {
            harness.Time.Advance(TimeSpan.FromSeconds(1));
            Assert.True(harness.Acquire().IsGranted);
        }

        Assert.Equal((true, true), (harness.Pool.Health.CanGrant, harness.Pool.Health.IsDegraded));
    }

    [Fact]
    public async Task Claim_GrantsWithoutStoreAndCrash_MinuteWindowsAreFullAfterwards()
    {
        var options = new LocalKeyPoolOptions { GrantsWithoutStore = true };
        var limits = Samples.Table(rpm: 1);
        var harness = await PoolHarness.StartAsync(1, limits, options);
        harness.Store.Failure = new IOException("The disk is full.");
        harness.Time.Advance(TimeSpan.FromMinutes(10));
        Assert.True(harness.Acquire().IsGranted);
        harness.Store.Failure = null;

        var next = await PoolHarness.StartAsync(1, limits, options, harness.Store, harness.Time);

        Assert.Equal(LeaseDenialReason.RateLimited, next.Acquire().Denial);
        harness.Time.Advance(TimeSpan.FromSeconds(61));
        Assert.True(next.Acquire().IsGranted);
    }

    [Fact]
    public async Task Claim_IdlePool_IsKeptValid()
    {
        var harness = await PoolHarness.StartAsync(1);
        harness.Time.Advance(TimeSpan.FromMinutes(10));
        Assert.True(harness.Acquire().IsGranted);
        Assert.Equal(300, harness.Store.Saves);
    }

    [Fact]
    public async Task Save_SlowStore_WritesOneAtATime()
    {
        var harness = await PoolHarness.StartAsync(1);
        var slow = new TaskCompletionSource();
        harness.Store.BeforeSave = () => slow.Task;
        for (var i = 0; i < 4; i++)
        {
            harness.Lease();
            harness.Time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(0, harness.Store.Saves);
        var stopping = harness.Pool.StopAsync(default);
        Assert.False(stopping.IsCompleted);
        slow.SetResult();
        await stopping;
        Assert.Null(harness.Store.OpenClaimUntil);
    }

    [Fact]
    public async Task Clock_SetForwardOrBack_FillsWindowsOnce()
    {
        var clock = new SettableClock();
        var store = new InMemoryLedgerStore().With(Samples.NewKey(0));
        foreach (var step in new[] { TimeSpan.FromHours(3), TimeSpan.FromHours(-30) })
        {
            await using var pool = new LocalKeyPool(store, clock, limits: Samples.Table(rpm: 1));
            await pool.StartAsync(default);
            Assert.True((await pool.AcquireAsync(Samples.Request(), default)).IsGranted);
            clock.Set(step);
            _ = await pool.AcquireAsync(Samples.Request(), default); // Notices; a claim that seems over is renewed in the background.
            clock.Advance(TimeSpan.Zero);
            var denied = await pool.AcquireAsync(Samples.Request(), default);
            Assert.Equal((LeaseDenialReason.RateLimited, (TimeSpan?)Span), (denied.Denial, denied.RetryAfter));
            clock.Advance(Span);
            Assert.True((await pool.AcquireAsync(Samples.Request(), default)).IsGranted);
            clock.Advance(Span);
        }
    }

    [Fact]
    public async Task Clock_DriftsFromTheSteadyOne_IsNotTakenForSet()
    {
        var clock = new SettableClock();
        await using var pool = new LocalKeyPool(new InMemoryLedgerStore().With(Samples.NewKey(0)), clock, limits: Samples.Table(rpm: 1));
        await pool.StartAsync(default);
        for (var minute = 0; minute < 20; minute++)
        {
            clock.Advance(Span + TimeSpan.FromSeconds(1));
            clock.Set(TimeSpan.FromMilliseconds(minute < 10 ? 120 : -120));
            Assert.True((await pool.AcquireAsync(Samples.Request(), default)).IsGranted, $"minute {minute}");
        }
    }
}
