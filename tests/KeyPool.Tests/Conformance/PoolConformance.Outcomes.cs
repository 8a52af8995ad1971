using GeminiBalance.TestKit;

namespace GeminiBalance.KeyPool.Tests.Conformance;

/// <content>What the ends of calls change.</content>
public abstract partial class PoolConformance
{
    [Fact]
    public async Task Settle_NotSent_ServesTheCallThatWaits()
    {
        await using var bench = await StartAsync(new PoolSetup(1, Samples.Table(rpm: 1)));
        var lease = await bench.LeaseAsync();
        await bench.AdvanceAsync(TimeSpan.FromSeconds(59));
        var waiting = await bench.BeginAsync(Samples.Request(5));
        await bench.SettleAsync(lease, CallOutcomeKind.NotSent);
        Assert.True(waiting.IsCompleted);
        Assert.True((await waiting).IsGranted);
    }

    [Fact]
    public async Task Settle_FewerTokensThanThought_ServesTheCallThatWaits()
    {
        await using var bench = await StartAsync(new PoolSetup(1, Samples.Table(tpm: 1000)));
        var lease = await bench.LeaseAsync(Samples.Request() with { EstimatedTokens = 1000 });
        var waiting = await bench.BeginAsync(Samples.Request(100) with { EstimatedTokens = 300 });
        await bench.SettleAsync(lease, new CallOutcome(CallOutcomeKind.Succeeded) { PromptTokens = 700 });
        Assert.True(waiting.IsCompleted);
        Assert.True((await waiting).IsGranted);
        Assert.False((await bench.AcquireAsync(Samples.Request() with { EstimatedTokens = 1 })).IsGranted);
    }

    [Fact]
    public async Task Settle_Twice_GivesBackOnce()
    {
        await using var bench = await StartAsync(new PoolSetup(1, Samples.Table(rpm: 2)));
        await bench.LeaseAsync();
        var lease = await bench.LeaseAsync();
        await bench.SettleAsync(lease, CallOutcomeKind.NotSent);
        await bench.SettleAsync(lease, CallOutcomeKind.NotSent);
        Assert.True((await bench.AcquireAsync()).IsGranted);
        Assert.False((await bench.AcquireAsync()).IsGranted);
    }

    [Fact]
    public async Task Settle_LearnedLimit_HoldsFromThenOn()
    {
        await using var bench = await StartAsync(new PoolSetup(1, Samples.Table(rpm: 100)));
        var leases = await bench.LeaseAsync(3);
        await bench.SettleAsync(leases[2], new CallOutcome(CallOutcomeKind.KeyRateLimited)
        {
            RetryDelay = TimeSpan.FromSeconds(1),
            LearnedLimits = [new LearnedLimit(QuotaKind.RequestsPerMinute, 3, "GenerateRequestsPerMinutePerProjectPerModel-FreeTier")],
        });
        await bench.AdvanceAsync(TimeSpan.FromSeconds(10));
        var denied = await bench.AcquireAsync();
        Assert.Equal(LeaseDenialReason.RateLimited, denied.Denial);
        bench.AssertNear(Span - TimeSpan.FromSeconds(10), denied.RetryAfter);
    }

    [Fact]
    public async Task Settle_KeyRejected_TheCallsGoToOthers()
    {
        await using var bench = await StartAsync(new PoolSetup(2));
        var lease = await bench.LeaseAsync();
        await bench.SettleAsync(lease, new CallOutcome(CallOutcomeKind.KeyRejected) { IsConclusive = true });
        Assert.DoesNotContain(await bench.LeaseAsync(10), other => other.Key.Equals(lease.Key));
        Assert.Equal(1, (await bench.ReadAsync(lease.Key.Id)).Failures);
    }

    [Fact]
    public async Task Settle_EgressRefusedForManyKeys_PausesTheModelForAllKeys()
    {
        await using var bench = await StartAsync(new PoolSetup(6));
        await RefuseAllAsync();
        var denied = await bench.AcquireAsync();
        Assert.Equal((LeaseDenialReason.EgressLimited, (TimeSpan?)TimeSpan.FromSeconds(1)), (denied.Denial, denied.RetryAfter));
        Assert.True((await bench.AcquireAsync(Samples.Request() with { Model = "other" })).IsGranted);

        foreach (var seconds in new[] { 2, 4, 8, 16, 32, 60, 60 })
        {
            await bench.AdvanceAsync(denied.RetryAfter!.Value);
            await RefuseAllAsync();
            denied = await bench.AcquireAsync();
            Assert.Equal(TimeSpan.FromSeconds(seconds), denied.RetryAfter);
        }

        foreach (var key in bench.Keys)
        {
            Assert.Equal((0, false), await bench.ReadAsync(key.Id));
        }

        // The fifth refusal begins the pause; the sixth was under way at the same time and does not lengthen it.
        async Task RefuseAllAsync()
        {
            foreach (var lease in await bench.LeaseAsync(bench.Keys.Count))
            {
                await bench.SettleAsync(lease, CallOutcomeKind.EgressRefused);
            }
        }
    }

    [Fact]
    public async Task Settle_EgressRefusedWhileCallsWait_ServesThemAfterThePause()
    {
        await using var bench = await StartAsync(new PoolSetup(6, Samples.Table(rpm: 2)));
        var leases = await bench.LeaseAsync(6);
        foreach (var lease in leases)
        {
            await bench.SettleAsync(lease, CallOutcomeKind.EgressRefused);
        }

        var waiting = await bench.BeginAsync(Samples.Request(10));
        await bench.AdvanceAsync(TimeSpan.FromSeconds(1) - bench.Slack - Tick);
        Assert.False(waiting.IsCompleted);
        await bench.AdvanceAsync(bench.Slack + Tick);
        Assert.True(waiting.IsCompleted);
        Assert.True((await waiting).IsGranted);
    }

    [Fact]
    public async Task Settle_EgressRefusedForFewKeys_TheOthersGoOn()
    {
        await using var bench = await StartAsync(new PoolSetup(6));
        foreach (var lease in await bench.LeaseAsync(EgressMonitor.RefusedKeysMin - 1))
        {
            await bench.SettleAsync(lease, CallOutcomeKind.EgressRefused);
        }

        Assert.True((await bench.AcquireAsync()).IsGranted);
    }

    [Fact]
    public async Task Settle_ManyLittleUsedKeysRefused_BlamesTheAddress()
    {
        await using var bench = await StartAsync(new PoolSetup(12, Samples.Table(rpm: 15)));
        foreach (var lease in await bench.LeaseAsync(12))
        {
            await bench.SettleAsync(lease, CallOutcomeKind.KeyRateLimited);
        }

        Assert.Equal(LeaseDenialReason.EgressLimited, (await bench.AcquireAsync()).Denial);
        var cooling = 0;
        foreach (var key in bench.Keys)
        {
            cooling += (await bench.ReadAsync(key.Id)).IsCooling ? 1 : 0;
        }

        Assert.Equal(EgressMonitor.RefusedKeysMin - 1, cooling);
    }
}
