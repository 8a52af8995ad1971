using GeminiBalance.TestKit;

namespace GeminiBalance.KeyPool.Tests.Conformance;

/// <content>Calls that only some keys can serve: by kind, by tag.</content>
public abstract partial class PoolConformance
{
    private static readonly KeyProfile PaidProfile = new() { Tags = KeyTags.Of("paid", "fast") };
    private static readonly KeyRequirement Fast = new(KeyKind.Gemini, KeyTags.Of("fast"));

    [Fact]
    public async Task Needs_Tags_GetsOnlyKeysThatHaveThemAll()
    {
        await using var bench = await StartAsync(new PoolSetup(3, Samples.Table(rpm: 2)) { Profiles = [new(), PaidProfile, new() { Tags = KeyTags.Paid }] });
        var both = Samples.Request() with { Needs = new KeyRequirement(KeyKind.Gemini, KeyTags.Of("fast", "paid")) };
        Assert.Equal(bench.Keys[1], (await bench.LeaseAsync(both)).Key);
        Assert.Equal(bench.Keys[1], (await bench.LeaseAsync(both)).Key);
        Assert.Equal(LeaseDenialReason.RateLimited, (await bench.AcquireAsync(both)).Denial);
        Assert.Equal(bench.Keys[2], (await bench.LeaseAsync(Samples.Request() with { Needs = KeyRequirement.Paid })).Key);
    }

    [Fact]
    public async Task Needs_Kind_NeverMixes()
    {
        await using var bench = await StartAsync(new PoolSetup(2, Samples.Table(rpm: 1)) { Profiles = [new() { Kind = KeyKind.Vertex }, new()] });
        Assert.Equal(bench.Keys[1], (await bench.LeaseAsync()).Key);
        Assert.Equal(LeaseDenialReason.RateLimited, (await bench.AcquireAsync()).Denial);
        var lease = await bench.LeaseAsync(Samples.Request() with { Needs = KeyRequirement.Vertex });
        Assert.Equal((bench.Keys[0], KeyKind.Vertex), (lease.Key, lease.Kind));
    }

    [Fact]
    public async Task Needs_NobodyHasTheTag_SaysSo()
    {
        await using var bench = await StartAsync(new PoolSetup(2) { Profiles = [new(), PaidProfile] });
        var request = Samples.Request(100) with { Needs = new KeyRequirement(KeyKind.Gemini, KeyTags.Of("gold")) };
        Assert.Equal(LeaseDenialReason.NoMatchingKey, (await bench.AcquireAsync(request)).Denial);
        Assert.Equal(LeaseDenialReason.NoMatchingKey, (await bench.AcquireAsync(Samples.Request(100) with { Needs = KeyRequirement.Vertex })).Denial);
        await bench.DisableAsync(bench.Keys[1].Id);
        Assert.Equal(LeaseDenialReason.NoKeys, (await bench.AcquireAsync(Samples.Request(100) with { Needs = KeyRequirement.Paid })).Denial);
    }

    [Fact]
    public async Task Needs_EmptyPool_SaysThatNoKeyIsFit()
    {
        await using var bench = await StartAsync(new PoolSetup(0));
        Assert.Equal(LeaseDenialReason.NoMatchingKey, (await bench.AcquireAsync(Samples.Request() with { Needs = KeyRequirement.Paid })).Denial);
    }

    [Fact]
    public async Task Needs_TaggedKeysAreDry_WaitsForThemWhileOthersAreServed()
    {
        await using var bench = await StartAsync(new PoolSetup(2, Samples.Table(rpm: 1)) { Profiles = [new(), PaidProfile] });
        await bench.LeaseAsync(Samples.Request() with { Needs = KeyRequirement.Paid });
        var paid = await bench.BeginAsync(Samples.Request(100, "same") with { Needs = KeyRequirement.Paid });
        Assert.Equal(bench.Keys[0], (await bench.LeaseAsync(Samples.Request(100, "same"))).Key);
        await bench.AdvanceAsync(TimeSpan.FromSeconds(30));
        var plain = await bench.BeginAsync(Samples.Request(100, "same"));

        // Both keys come back at once: the call that can use one of them only is served first.
        await bench.AdvanceAsync(Span - TimeSpan.FromSeconds(30) + bench.Slack);
        Assert.Equal((true, true), (paid.IsCompleted, plain.IsCompleted));
        Assert.Equal((bench.Keys[1], bench.Keys[0]), ((await paid).Lease!.Key, (await plain).Lease!.Key));
    }

    [Fact]
    public async Task Needs_PlainCallsWait_LeaveTheTaggedKeyToWhoNeedsIt()
    {
        await using var bench = await StartAsync(new PoolSetup(1, Samples.Table(rpm: 1)) { Profiles = [PaidProfile] });
        await bench.LeaseAsync();
        var plain = await bench.BeginAsync(Samples.Request(200));
        var paid = await bench.BeginAsync(Samples.Request(200) with { Needs = KeyRequirement.Paid });
        await bench.AdvanceAsync(Span + bench.Slack);
        Assert.Equal((false, true), (plain.IsCompleted, paid.IsCompleted));
        await bench.AdvanceAsync(Span + bench.Slack);
        Assert.True(plain.IsCompleted);
    }

    [Fact]
    public async Task Needs_TokenComesBack_ServesTheWaitersOfEveryNeed()
    {
        await using var bench = await StartAsync(new PoolSetup(1, Samples.Table(rpm: 1)) { Profiles = [PaidProfile] });
        var lease = await bench.LeaseAsync();
        var paid = await bench.BeginAsync(Samples.Request(100) with { Needs = KeyRequirement.Paid });
        Assert.False(paid.IsCompleted);
        await bench.SettleAsync(lease, CallOutcomeKind.NotSent);
        Assert.True(paid.IsCompleted);
        Assert.True((await paid).IsGranted);
    }

    [Fact]
    public async Task Needs_ReservedKey_ServesOnlyCallsThatNeedItsTag()
    {
        await using var bench = await StartAsync(new PoolSetup(1) { Profiles = [PaidProfile with { IsReserved = true }] });
        Assert.Equal(LeaseDenialReason.NoKeys, (await bench.AcquireAsync(Samples.Request(100))).Denial);
        Assert.True((await bench.AcquireAsync(Samples.Request() with { Needs = Fast })).IsGranted);
        Assert.True((await bench.AcquireAsync(Samples.Request() with { Pinned = bench.Keys[0].Id })).IsGranted); // It owns what the call names.
        var gold = Samples.Request() with { Pinned = bench.Keys[0].Id, Needs = new KeyRequirement(KeyKind.Gemini, KeyTags.Of("gold")) };
        Assert.Equal(LeaseDenialReason.PinnedKeyUnavailable, (await bench.AcquireAsync(gold)).Denial);
        Assert.NotNull(await bench.LeaseForProbeAsync(bench.Keys[0].Id));
        Assert.Equal(LeaseDenialReason.NoKeys, (await bench.AcquireAsync()).Denial);
    }

    [Fact]
    public async Task LeaseForProbe_TellsTheKeysKind()
    {
        await using var bench = await StartAsync(new PoolSetup(2) { Profiles = [new() { Kind = KeyKind.Vertex }, new()] });
        Assert.Equal((KeyKind.Vertex, KeyKind.Gemini), ((await bench.LeaseForProbeAsync(bench.Keys[0].Id))?.Kind, (await bench.LeaseForProbeAsync(bench.Keys[1].Id))?.Kind));
    }

    [Fact]
    public async Task Needs_QuotaIsOneForAllNeeds()
    {
        await using var bench = await StartAsync(new PoolSetup(1, Samples.Table(rpm: 3)) { Profiles = [PaidProfile] });
        KeyRequirement[] needs = [KeyRequirement.None, KeyRequirement.Paid, Fast];
        foreach (var need in needs)
        {
            await bench.LeaseAsync(Samples.Request() with { Needs = need });
        }

        foreach (var need in needs)
        {
            Assert.Equal(LeaseDenialReason.RateLimited, (await bench.AcquireAsync(Samples.Request() with { Needs = need })).Denial);
        }
    }

    [Fact]
    public async Task ChangeProfile_TagComes_ServesWhoWaitsForIt_AndGoes()
    {
        await using var bench = await StartAsync(new PoolSetup(2, Samples.Table(rpm: 2)) { Profiles = [new(), PaidProfile] });
        await bench.LeaseAsync(Samples.Request() with { Needs = Fast });
        await bench.LeaseAsync(Samples.Request() with { Needs = Fast });
        var waiting = await bench.BeginAsync(Samples.Request(100) with { Needs = Fast });
        await bench.ChangeProfileAsync(bench.Keys[0].Id, PaidProfile);
        Assert.True(waiting.IsCompleted);
        Assert.Equal(bench.Keys[0], (await waiting).Lease!.Key);

        await bench.ChangeProfileAsync(bench.Keys[0].Id, new KeyProfile());
        await bench.ChangeProfileAsync(bench.Keys[1].Id, new KeyProfile());
        Assert.Equal(LeaseDenialReason.NoMatchingKey, (await bench.AcquireAsync(Samples.Request(100) with { Needs = Fast })).Denial);
        Assert.Equal(bench.Keys[0], (await bench.LeaseAsync()).Key);
    }

    [Fact]
    public async Task ChangeProfile_Weight_SharesAnew()
    {
        await using var bench = await StartAsync(new PoolSetup(2));
        await bench.LeaseAsync(10);
        await bench.ChangeProfileAsync(bench.Keys[1].Id, new KeyProfile { Weight = 3 });
        var leases = await bench.LeaseAsync(400);
        Assert.InRange(leases.Count(lease => lease.Key.Equals(bench.Keys[1])), 295, 305);
    }
}
