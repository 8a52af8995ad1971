using GeminiBalance.TestKit;

namespace GeminiBalance.KeyPool.Tests.Cluster;

/// <summary>Keys, limits and models that come, go and change while ledgers are asked.</summary>
public sealed class RosterTests
{
    private static readonly LeaseRequest Patient = Samples.Request(10);
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);
    private static readonly KeyProfile Profile = new();

    [Fact]
    public void ApplyKeys_KeyThatWasOutOfUse_IsAskedAgain()
    {
        var bench = new GatewayBench(1);
        bench.Begin();
        bench.TheAsk().Deny(KeyDenialReason.State, TimeSpan.FromDays(365));
        Assert.Equal(LeaseDenialReason.NoKeys, GatewayBench.Result(bench.AcquireAsync(Patient)).Denial);
        bench.Pool.ApplyKeys([new RosterKey(bench.Keys[0], Profile with { Note = "back" })], []);
        var call = bench.AcquireAsync(Patient);
        bench.TheAsk().Grant();
        Assert.True(GatewayBench.Result(call).IsGranted);
        Assert.Equal("back", bench.Pool.Find(bench.Keys[0].Id)!.Profile.Note);
    }

    [Fact]
    public void OutOfUse_IsTriedAgainAfterAWhile()
    {
        var bench = new GatewayBench(1);
        bench.Begin();
        bench.TheAsk().Deny(KeyDenialReason.State, TimeSpan.FromDays(365));
        bench.Advance(ClusterKeyPoolOptions.Default.OutOfUsePause - GatewayBench.Tick);
        bench.Begin();
        Assert.Empty(bench.Ledgers.Open);
        bench.Advance(GatewayBench.Tick);
        bench.Begin();
        bench.TheAsk().Grant();
    }

    [Fact]
    public void OutOfUse_HoldsForAllModelsUntilTheLedgerSaysOtherwise()
    {
        var bench = new GatewayBench(1);
        bench.Lease(Samples.Request() with { Model = "other" });
        bench.Begin();
        bench.TheAsk().Deny(KeyDenialReason.State, TimeSpan.FromDays(365));
        Assert.Equal(LeaseDenialReason.NoKeys, GatewayBench.Result(bench.AcquireAsync(Patient with { Model = "other" })).Denial);

        bench.Begin(Samples.Request() with { Pinned = bench.Keys[0].Id });
        bench.TheAsk().Grant();
        bench.Begin(Patient with { Model = "other" });
        Assert.Equal("other", bench.TheAsk().Message.Model);
    }

    [Theory]
    [InlineData(KeyDenialReason.State)]
    [InlineData(KeyDenialReason.Day)]
    [InlineData(KeyDenialReason.Minute)]
    [InlineData(KeyDenialReason.ModelUnavailable)]
    public void Reconsider_WhileTheKeyIsAsked_TheAnswerIsOldNews(KeyDenialReason denial)
    {
        var bench = new GatewayBench(1);
        var calls = new[] { bench.AcquireAsync(Patient), bench.AcquireAsync(Patient with { Pinned = bench.Keys[0].Id }) };
        bench.Pool.Reconsider(bench.Keys[0].Id);
        bench.TheAsk().Deny(denial, Long);
        bench.TheAsk().Grant();
        Assert.All(calls, call => Assert.True(GatewayBench.Result(call).IsGranted));
    }

    [Fact]
    public void Limits_ChangedWhileTheKeyIsAsked_TheAnswerIsOldNews()
    {
        var bench = new GatewayBench(1, Samples.Table(rpm: 1));
        var call = bench.AcquireAsync(Patient);
        bench.Pool.Limits = Samples.Table(rpm: 2);
        bench.TheAsk().Deny(KeyDenialReason.Minute, Long);
        Assert.Equal(2, bench.TheAsk().Message.Limits.RequestsPerMinute);
        bench.TheAsk().Grant();
        Assert.True(GatewayBench.Result(call).IsGranted);
    }

    [Fact]
    public void ApplyKeys_RemovedWhileAsked_TheCallGoesToAnotherAndTheTokenBack()
    {
        var bench = new GatewayBench(2);
        var call = bench.AcquireAsync();
        var asked = bench.TheAsk();
        bench.Pool.ApplyKeys([], [asked.Key]);
        asked.Grant();
        var posted = Assert.Single(bench.Ledgers.Posted);
        Assert.Equal((asked.Key, CallOutcomeKind.NotSent, asked.Stamp), (posted.Key, Assert.Single(posted.Settlements).Outcome.Kind, posted.Settlements[0].Stamp));
        bench.TheAsk().Grant();
        Assert.NotEqual(asked.Key, GatewayBench.Result(call).Lease!.Key.Id);
    }

    [Fact]
    public void ApplyKeys_RemovedAndAddedWhileAsked_IsANewKey()
    {
        var bench = new GatewayBench(1);
        var pinned = bench.AcquireAsync(Patient with { Pinned = bench.Keys[0].Id });
        var old = bench.TheAsk();
        bench.Pool.ApplyKeys([], [old.Key]);
        bench.Pool.ApplyKeys([new RosterKey(Samples.NewKey(8), Profile), new RosterKey(bench.Keys[0], Profile)], []);
        old.Fail();
        Assert.Equal(old.Key, bench.TheAsk().Key);
        bench.TheAsk().Grant();
        Assert.True(GatewayBench.Result(pinned).IsGranted);
    }

    [Fact]
    public void ApplyKeys_RemovedWhileOverdueOrFailing_HarmsNobody()
    {
        var bench = new GatewayBench(2);
        var calls = bench.Acquire(2, Patient);
        bench.Pool.ApplyKeys([], [bench.Keys[0].Id]);
        bench.Advance(TimeSpan.FromMilliseconds(200));
        bench.Pool.ApplyKeys([], [bench.Keys[1].Id]);
        bench.Ledgers.Open[0].Fail();
        bench.TheAsk().Grant();
        Assert.All(calls, call => Assert.Equal(LeaseDenialReason.NoKeys, GatewayBench.Result(call).Denial));
    }

    [Fact]
    public void Models_MoreThanMayBe_OnesThatAreAskedForStay()
    {
        var bench = new GatewayBench(2, options: new ClusterKeyPoolOptions { ModelsMax = 1 });
        var call = bench.AcquireAsync(Samples.Request(1));
        Assert.Equal(LeaseDenialReason.QueueFull, GatewayBench.Result(bench.AcquireAsync(Patient with { Model = "other" })).Denial);
        bench.Pool.ApplyKeys([], [bench.Ledgers.Asks[0].Key]);
        bench.Ledgers.Asks[0].Deny(KeyDenialReason.Minute, Long);
        bench.TheAsk().Deny(KeyDenialReason.Minute, Long);
        Assert.Equal(LeaseDenialReason.RateLimited, GatewayBench.Result(call).Denial);

        bench.Begin(Patient with { Model = "other" });
        Assert.Equal("other", bench.TheAsk().Message.Model);
    }

    [Fact]
    public void Models_ForgottenWhileAnAskIsOverdue_ItsAnswerHarmsNobody()
    {
        var bench = new GatewayBench(2, options: new ClusterKeyPoolOptions { ModelsMax = 1 });
        bench.Acquire(2);
        var (first, second) = (bench.Ledgers.Open[0], bench.Ledgers.Open[1]);
        bench.Advance(TimeSpan.FromSeconds(1));
        bench.Lease(Samples.Request() with { Model = "other" });
        bench.Pool.ApplyKeys([], [second.Key]);
        first.Grant();
        second.Grant();
        Assert.Equal(first.Key, bench.TheAsk().Key);
        Assert.Equal(second.Key, Assert.Single(bench.Ledgers.Posted).Key);
        Assert.Equal([CallOutcomeKind.NotSent], bench.TheAsk().Message.Settlements.Select(settlement => settlement.Outcome.Kind));
    }
}
