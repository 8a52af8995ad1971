using GeminiBalance.TestKit;

namespace GeminiBalance.KeyPool.Tests.Conformance;

/// <summary>
/// What every pool promises, whatever stands behind it. Where a pool cannot keep to the letter, a comment says why;
/// <see cref="PoolBench.Slack"/> is the time that answers of ledgers take on their way.
/// </summary>
public abstract partial class PoolConformance
{
    /// <summary>How long a token stays away: a minute, the guard and the first moment after them.</summary>
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(60.25) + Tick;

    /// <summary>Windows of keys without few requests a minute are rounded up to it.</summary>
    private static readonly TimeSpan Quantum = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan SendWithin = TimeSpan.FromMilliseconds(125);

    private static TimeSpan Tick => TimeSpan.FromTicks(1);

    protected abstract Task<PoolBench> StartAsync(PoolSetup setup);

    [Fact]
    public async Task Acquire_EmptyPool_SaysNoKeys()
    {
        await using var bench = await StartAsync(new PoolSetup(0));
        Assert.Equal(LeaseDenialReason.NoKeys, (await bench.AcquireAsync(Samples.Request(10))).Denial);
    }

    [Fact]
    public async Task Acquire_Lease_CarriesTheTimeToSend()
    {
        await using var bench = await StartAsync(new PoolSetup(1, Samples.Table(tpm: 100)));

        // A ledger elsewhere grants by its own clock, so a gateway reckons from the moment it asked: no grant is earlier.
        var asked = bench.Now;
        var lease = await bench.LeaseAsync(Samples.Request() with { EstimatedTokens = 700 });
        Assert.Equal((asked, asked + SendWithin), (lease.GrantedAt, lease.SendBefore));
        Assert.Equal((bench.Keys[0], Samples.Model, 100), (lease.Key, lease.Model, lease.EstimatedTokens));
    }

    [Fact]
    public async Task Acquire_NoTokenWithinTheWait_IsDeniedAtOnceWithTheTrueTime()
    {
        await using var bench = await StartAsync(new PoolSetup(1, Samples.Table(rpm: 1)));
        await bench.LeaseAsync();
        await bench.AdvanceAsync(TimeSpan.FromSeconds(10));

        var denied = await bench.AcquireAsync(Samples.Request(50));
        Assert.Equal(LeaseDenialReason.RateLimited, denied.Denial);
        bench.AssertNear(Span - TimeSpan.FromSeconds(10), denied.RetryAfter);

        await bench.AdvanceAsync(denied.RetryAfter!.Value - bench.Slack - Tick);
        Assert.False((await bench.AcquireAsync()).IsGranted);
        await bench.AdvanceAsync(bench.Slack + Tick);
        Assert.True((await bench.AcquireAsync()).IsGranted);
    }

    [Fact]
    public async Task Acquire_TokenWithinTheWait_IsGrantedAtThatMoment()
    {
        await using var bench = await StartAsync(new PoolSetup(1, Samples.Table(rpm: 1)));
        await bench.LeaseAsync();
        await bench.AdvanceAsync(TimeSpan.FromSeconds(55));
        var waiting = await bench.BeginAsync(Samples.Request(10));
        Assert.Equal(1, bench.WaiterCount);

        await bench.AdvanceAsync(Span - TimeSpan.FromSeconds(55) - bench.Slack - Tick);
        Assert.False(waiting.IsCompleted);
        await bench.AdvanceAsync(bench.Slack + Tick);
        Assert.True(waiting.IsCompleted);
        bench.AssertNear(TimeSpan.Zero, bench.Now - (await waiting).Lease!.GrantedAt);
        Assert.Equal(0, bench.WaiterCount);
    }

    [Fact]
    public async Task Acquire_DeadlineComes_IsDeniedWithTheTimeLeft()
    {
        await using var bench = await StartAsync(new PoolSetup(1, Samples.Table(rpm: 1)));
        await bench.LeaseAsync();
        await bench.AdvanceAsync(Span - TimeSpan.FromSeconds(4));
        var first = await bench.BeginAsync(Samples.Request(5));
        var second = await bench.BeginAsync(Samples.Request(5));

        await bench.AdvanceAsync(TimeSpan.FromSeconds(4) + bench.Slack);
        Assert.True((await first).IsGranted);
        Assert.True(second.IsCompleted);
        var denied = await second;
        Assert.Equal(LeaseDenialReason.RateLimited, denied.Denial);
        bench.AssertNear(Span, denied.RetryAfter);
    }

    [Fact]
    public async Task Acquire_DeadlineComesBeforeTheToken_AnswersThen()
    {
        await using var bench = await StartAsync(new PoolSetup(1, Samples.Table(rpm: 1)));
        var lease = await bench.LeaseAsync();
        await bench.AdvanceAsync(Span - TimeSpan.FromSeconds(4));
        var waiting = await bench.BeginAsync(Samples.Request(5));

        // What it waited for becomes later: the key cools down.
        await bench.SettleAsync(lease, new CallOutcome(CallOutcomeKind.KeyRateLimited) { RetryDelay = TimeSpan.FromSeconds(30) });
        await bench.AdvanceAsync(TimeSpan.FromSeconds(5));
        Assert.True(waiting.IsCompleted);
        Assert.Equal(LeaseDenialReason.RateLimited, (await waiting).Denial);
    }

    [Fact]
    public async Task Acquire_Cancelled_LeavesNoTrace()
    {
        await using var bench = await StartAsync(new PoolSetup(1, Samples.Table(rpm: 1)));
        await bench.LeaseAsync();
        using var source = new CancellationTokenSource();
        await bench.AdvanceAsync(Span - TimeSpan.FromSeconds(1));
        var gone = await bench.BeginAsync(Samples.Request(5), source.Token);
        var stays = await bench.BeginAsync(Samples.Request(5));
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        Assert.Equal(1, bench.WaiterCount);

        await bench.AdvanceAsync(TimeSpan.FromSeconds(1) + bench.Slack);
        Assert.True(stays.IsCompleted);
        Assert.True((await stays).IsGranted);
    }

    [Fact]
    public async Task Acquire_CancelledBefore_AsksForNothing()
    {
        await using var bench = await StartAsync(new PoolSetup(1, Samples.Table(rpm: 1)));
        var pending = await bench.BeginAsync(Samples.Request(5), new CancellationToken(canceled: true));
        Assert.True(pending.IsCanceled);
        Assert.True((await bench.AcquireAsync()).IsGranted);
    }

    [Fact]
    public async Task Stop_CallsWait_AnswersThemAndGrantsNoMore()
    {
        await using var bench = await StartAsync(new PoolSetup(1, Samples.Table(rpm: 1)));
        await bench.LeaseAsync();
        var waiting = await bench.BeginAsync(Samples.Request(100));
        await bench.StopAsync();
        Assert.True(waiting.IsCompleted);
        Assert.Equal(LeaseDenialReason.StoreUnavailable, (await waiting).Denial);
        Assert.Equal(LeaseDenialReason.StoreUnavailable, (await bench.AcquireAsync()).Denial);
    }
}
