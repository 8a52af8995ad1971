using System.Globalization;
using GeminiBalance.TestKit;

namespace GeminiBalance.KeyPool.Tests.Conformance;

/// <content>Keys of one Google project, whose quotas the upstream counts together.</content>
public abstract partial class PoolConformance
{
    private static int projectsNamed;

    // Where ledgers outlive a test, no other may use the same one.
    private readonly string projectName = "project-" + Interlocked.Increment(ref projectsNamed).ToString(CultureInfo.InvariantCulture);

    private KeyProfile InProject => new() { Project = projectName };

    [Fact]
    public async Task Project_KeysShareOneQuota()
    {
        await using var bench = await StartAsync(new PoolSetup(3, Samples.Table(rpm: 4)) { Profiles = [InProject, InProject, new()] });
        var leases = await bench.LeaseAsync(8);
        Assert.Equal(4, leases.Count(lease => lease.Key.Equals(bench.Keys[2])));
        var denied = await bench.AcquireAsync();
        Assert.Equal(LeaseDenialReason.RateLimited, denied.Denial);
        bench.AssertNear(Span, denied.RetryAfter);
        await bench.AdvanceAsync(Span + bench.Slack);
        await bench.LeaseAsync(8);
        Assert.Equal(LeaseDenialReason.RateLimited, (await bench.AcquireAsync()).Denial);
    }

    [Fact]
    public async Task Project_Day_IsShared()
    {
        await using var bench = await StartAsync(new PoolSetup(2, Samples.Table(rpd: 3)) { Profiles = [InProject, InProject] });
        for (var i = 0; i < 3; i++)
        {
            await bench.LeaseAsync();
            await bench.AdvanceAsync(TimeSpan.FromSeconds(1)); // The store learns of it.
        }

        Assert.Equal(LeaseDenialReason.DayExhausted, (await bench.AcquireAsync()).Denial);
    }

    [Fact]
    public async Task Project_TokenComesBack_ServesAnother()
    {
        await using var bench = await StartAsync(new PoolSetup(2, Samples.Table(rpm: 1)) { Profiles = [InProject, InProject] });
        var lease = await bench.LeaseAsync();
        var waiting = await bench.BeginAsync(Samples.Request(100));
        Assert.False(waiting.IsCompleted);
        await bench.SettleAsync(lease, CallOutcomeKind.NotSent);
        Assert.True(waiting.IsCompleted);
        Assert.True((await waiting).IsGranted);
        Assert.Equal(LeaseDenialReason.RateLimited, (await bench.AcquireAsync()).Denial);
    }

    [Fact]
    public async Task Project_OneKeyIsRejected_TheOthersServe()
    {
        await using var bench = await StartAsync(new PoolSetup(2, Samples.Table(rpm: 3)) { Profiles = [InProject, InProject] });
        var lease = await bench.LeaseAsync();
        await bench.SettleAsync(lease, new CallOutcome(CallOutcomeKind.KeyRejected) { IsConclusive = true, Detail = "400 API_KEY_INVALID" });
        var other = bench.Keys.Single(key => !key.Equals(lease.Key));
        Assert.Equal(other, (await bench.LeaseAsync()).Key);
        Assert.Equal(other, (await bench.LeaseAsync()).Key);
        Assert.Equal(LeaseDenialReason.RateLimited, (await bench.AcquireAsync()).Denial);
        Assert.Equal(1, (await bench.ReadAsync(lease.Key.Id)).Failures);
    }

    [Fact]
    public async Task Project_CoolDown_HoldsForAllItsKeys()
    {
        await using var bench = await StartAsync(new PoolSetup(3) { Profiles = [InProject, InProject, new()] });
        var lease = await bench.LeaseAsync(Samples.Request() with { Pinned = bench.Keys[0].Id });
        await bench.SettleAsync(lease, new CallOutcome(CallOutcomeKind.KeyRateLimited)
        {
            RetryDelay = TimeSpan.FromSeconds(30),
            LearnedLimits = [new LearnedLimit(QuotaKind.RequestsPerMinute, 5, "PerMinute")],
        });
        Assert.All(await bench.LeaseAsync(10), granted => Assert.Equal(bench.Keys[2], granted.Key));
    }

    [Fact]
    public async Task Project_KeyDisabled_IsOutOfUseAlone()
    {
        await using var bench = await StartAsync(new PoolSetup(2, Samples.Table(rpm: 2)) { Profiles = [InProject, InProject] });
        await bench.DisableAsync(bench.Keys[0].Id);
        Assert.All(await bench.LeaseAsync(2), granted => Assert.Equal(bench.Keys[1], granted.Key));
        Assert.Equal(LeaseDenialReason.RateLimited, (await bench.AcquireAsync()).Denial);
    }

    [Fact]
    public async Task Project_OfOneKey_IsAsTheKeyAlone()
    {
        await using var bench = await StartAsync(new PoolSetup(1, Samples.Table(rpm: 2)) { Profiles = [InProject] });
        var first = await bench.LeaseAsync();
        await bench.LeaseAsync();
        bench.AssertNear(Span, (await bench.AcquireAsync()).RetryAfter);
        await bench.SettleAsync(first, CallOutcomeKind.NotSent);
        await bench.LeaseAsync();
        await bench.AdvanceAsync(Span + bench.Slack);
        await bench.LeaseAsync(2);
        Assert.Equal(LeaseDenialReason.RateLimited, (await bench.AcquireAsync()).Denial);
    }

    [Fact]
    public async Task Project_KeyJoins_BringsItsMinute()
    {
        await using var bench = await StartAsync(new PoolSetup(2, Samples.Table(rpm: 4)) { Profiles = [new(), InProject] });
        await LeaseOfAsync(bench, 0, 3);
        await bench.ChangeProfileAsync(bench.Keys[0].Id, InProject);
        await bench.LeaseAsync();
        Assert.Equal(LeaseDenialReason.RateLimited, (await bench.AcquireAsync()).Denial);
        await bench.AdvanceAsync(Span + bench.Slack);
        await bench.LeaseAsync(4);
        Assert.Equal(LeaseDenialReason.RateLimited, (await bench.AcquireAsync()).Denial);
    }

    [Fact]
    public async Task Project_KeyJoins_BringsItsDay()
    {
        await using var bench = await StartAsync(new PoolSetup(2, Samples.Table(rpd: 3)) { Profiles = [new(), InProject] });
        await LeaseOfAsync(bench, 0, 2);
        await bench.ChangeProfileAsync(bench.Keys[0].Id, InProject);
        await bench.AdvanceAsync(TimeSpan.FromSeconds(1));
        await LeaseOfAsync(bench, 1, 1);
        Assert.Equal(LeaseDenialReason.DayExhausted, (await bench.AcquireAsync()).Denial);
    }

    [Fact]
    public async Task Project_KeyLeaves_HasSpentWhatItHasSpent()
    {
        await using var bench = await StartAsync(new PoolSetup(2, Samples.Table(rpm: 4)) { Profiles = [InProject, InProject] });
        await LeaseOfAsync(bench, 0, 3);
        await LeaseOfAsync(bench, 1, 1);
        await bench.ChangeProfileAsync(bench.Keys[0].Id, new KeyProfile());
        await LeaseOfAsync(bench, 0, 1);
        Assert.Equal(LeaseDenialReason.RateLimited, (await bench.AcquireAsync()).Denial);
        await bench.AdvanceAsync(Span + bench.Slack);
        await bench.LeaseAsync(8);
        Assert.Equal(LeaseDenialReason.RateLimited, (await bench.AcquireAsync()).Denial);
    }

    [Fact]
    public async Task Project_KeyMovesToAnother_BringsWhatItSpentAndNoMore()
    {
        var other = new KeyProfile { Project = projectName + "-other" };
        await using var bench = await StartAsync(new PoolSetup(3, Samples.Table(rpm: 4)) { Profiles = [InProject, InProject, other] });
        await LeaseOfAsync(bench, 0, 1);
        await LeaseOfAsync(bench, 1, 3);
        await bench.ChangeProfileAsync(bench.Keys[0].Id, other);
        Assert.All(await bench.LeaseAsync(3), lease => Assert.NotEqual(bench.Keys[1], lease.Key));
        Assert.Equal(LeaseDenialReason.RateLimited, (await bench.AcquireAsync()).Denial);
    }

    [Fact]
    public async Task Project_KeyIsRemoved_WhatItSpentStaysSpent()
    {
        await using var bench = await StartAsync(new PoolSetup(2, Samples.Table(rpm: 4)) { Profiles = [InProject, InProject] });
        await LeaseOfAsync(bench, 0, 3);
        Assert.True(await bench.RemoveAsync(bench.Keys[0].Id));
        await LeaseOfAsync(bench, 1, 1);
        Assert.Equal(LeaseDenialReason.RateLimited, (await bench.AcquireAsync()).Denial);
        await bench.AdvanceAsync(Span + bench.Slack);
        await LeaseOfAsync(bench, 1, 4);
    }

    private static async Task LeaseOfAsync(PoolBench bench, int key, int times)
    {
        for (var i = 0; i < times; i++)
        {
            await bench.LeaseAsync(Samples.Request() with { Pinned = bench.Keys[key].Id });
            await bench.AdvanceAsync(TimeSpan.FromMilliseconds(50)); // The store learns of it.
        }
    }
}
