namespace GeminiBalance.KeyPool.Tests.Local;

public sealed class LocalKeyPoolTests
{
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(60.25) + TimeSpan.FromTicks(1);
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    [Fact]
    public async Task Acquire_EmptyPool_SaysNoKeys()
    {
        var harness = await PoolHarness.StartAsync(0);
        Assert.Equal(LeaseDenialReason.NoKeys, harness.Acquire(PoolHarness.Request(10)).Denial);
    }

    [Fact]
    public async Task Acquire_TwoKeys_TakesTurns()
    {
        var harness = await PoolHarness.StartAsync(2);
        var used = Enumerable.Range(0, 100).Select(_ => harness.Lease().Key.Id).CountBy(id => id).Select(pair => pair.Value);
        Assert.Equal([50, 50], used);
    }

    [Fact]
    public async Task Acquire_Lease_CarriesTheTimeToSend()
    {
        var harness = await PoolHarness.StartAsync(1, PoolHarness.Table(tpm: 100));
        var lease = harness.Lease(PoolHarness.Request() with { EstimatedTokens = 700 });
        Assert.Equal(harness.Now, lease.GrantedAt);
        Assert.Equal(harness.Now + TimeSpan.FromMilliseconds(125), lease.SendBefore);
        Assert.Equal(100, lease.EstimatedTokens);
    }

    [Fact]
    public async Task Acquire_NoTokenWithinTheWait_IsDeniedAtOnceWithTheTrueTime()
    {
        var harness = await PoolHarness.StartAsync(1, PoolHarness.Table(rpm: 1));
        harness.Lease();
        harness.Time.Advance(TimeSpan.FromSeconds(10));

        var denied = harness.Acquire(PoolHarness.Request(50));
        Assert.Equal(LeaseDenialReason.RateLimited, denied.Denial);
        Assert.Equal(Span - TimeSpan.FromSeconds(10), denied.RetryAfter);

        harness.Time.Advance(denied.RetryAfter!.Value - Tick);
        Assert.False(harness.Acquire().IsGranted);
        harness.Time.Advance(Tick);
        Assert.True(harness.Acquire().IsGranted);
    }

    [Fact]
    public async Task Acquire_TokenWithinTheWait_IsGrantedAtThatMoment()
    {
        var harness = await PoolHarness.StartAsync(1, PoolHarness.Table(rpm: 1));
        harness.Lease();
        harness.Time.Advance(TimeSpan.FromSeconds(55));
        var waiting = harness.AcquireAsync(PoolHarness.Request(10)).AsTask();
        Assert.Equal(1, harness.Pool.WaiterCount);

        harness.Time.Advance(Span - TimeSpan.FromSeconds(55) - Tick);
        Assert.False(waiting.IsCompleted);
        harness.Time.Advance(Tick);
        Assert.Equal(harness.Now, (await waiting).Lease!.GrantedAt);
        Assert.Equal(0, harness.Pool.WaiterCount);
    }

    [Fact]
    public async Task Acquire_DeadlineComes_IsDeniedWithTheTimeLeft()
    {
        var harness = await PoolHarness.StartAsync(1, PoolHarness.Table(rpm: 1));
        harness.Lease();
        harness.Time.Advance(Span - TimeSpan.FromSeconds(4));
        var first = harness.AcquireAsync(PoolHarness.Request(5)).AsTask();
        var second = harness.AcquireAsync(PoolHarness.Request(5)).AsTask();

        harness.Time.Advance(TimeSpan.FromSeconds(4));
        Assert.True((await first).IsGranted);
        var denied = await second;
        Assert.Equal(LeaseDenialReason.RateLimited, denied.Denial);
        Assert.Equal(Span, denied.RetryAfter);
    }

    [Fact]
    public async Task Acquire_Cancelled_LeavesNoTrace()
    {
        var harness = await PoolHarness.StartAsync(1, PoolHarness.Table(rpm: 1));
        harness.Lease();
        using var source = new CancellationTokenSource();
        harness.Time.Advance(Span - TimeSpan.FromSeconds(1));
        var gone = harness.AcquireAsync(PoolHarness.Request(5), source.Token).AsTask();
        var stays = harness.AcquireAsync(PoolHarness.Request(5)).AsTask();
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        Assert.Equal(1, harness.Pool.WaiterCount);

        harness.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.True((await stays).IsGranted);
    }

    [Fact]
    public async Task Settle_NotSent_ServesTheCallThatWaits()
    {
        var harness = await PoolHarness.StartAsync(1, PoolHarness.Table(rpm: 1));
        var lease = harness.Lease();
        harness.Time.Advance(TimeSpan.FromSeconds(59));
        var waiting = harness.AcquireAsync(PoolHarness.Request(5)).AsTask();
        harness.Settle(lease, CallOutcomeKind.NotSent);
        Assert.True((await waiting).IsGranted);
    }

    [Fact]
    public async Task Settle_Twice_GivesBackOnce()
    {
        var harness = await PoolHarness.StartAsync(1, PoolHarness.Table(rpm: 2));
        harness.Lease();
        var lease = harness.Lease();
        harness.Settle(lease, CallOutcomeKind.NotSent);
        harness.Settle(lease, CallOutcomeKind.NotSent);
        Assert.True(harness.Acquire().IsGranted);
        Assert.False(harness.Acquire().IsGranted);
    }
}
