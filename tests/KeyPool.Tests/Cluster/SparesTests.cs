using GeminiBalance.TestKit;

namespace GeminiBalance.KeyPool.Tests.Cluster;

/// <summary>Where calls follow each other quickly, an ask brings tokens for those to come.</summary>
public sealed class SparesTests
{
    private static readonly TimeSpan Window = ClusterKeyPoolOptions.Default.SparesWithin;

    [Fact]
    public void Acquire_AfterManyCalls_WaitsForNoAsk()
    {
        var bench = Busy(calls: 6);

        var first = bench.AcquireAsync();
        Assert.Equal(1 + 6, bench.TheAsk().Message.Tokens.Count);
        bench.TheAsk().Grant();
        var others = bench.Acquire(6);

        Assert.All(others.Append(first), call => Assert.True(GatewayBench.Result(call).IsGranted));
        Assert.Empty(bench.Ledgers.Open);
        Assert.Equal((6 + 1 + 6, 6), (bench.Pool.Health.Grants, bench.Pool.Health.SpareGrants));
        bench.Begin();
        Assert.Single(bench.Ledgers.Open);
    }

    [Theory]
    [InlineData(0, 0, 17)]
    [InlineData(59, 0, 1)]
    [InlineData(120, 0, 3)]
    [InlineData(1_000_000, 0, 17)]
    [InlineData(1_000_000, 5_000, 1)]
    public void Acquire_Spares_AreAFractionOfWhatTheKeyHas(long rpm, long tpm, int tokens)
    {
        var bench = Busy(calls: 40, Samples.Table(rpm: rpm, tpm: tpm));

        bench.Begin();

        Assert.Equal(tokens, bench.TheAsk().Message.Tokens.Count);
    }

    [Fact]
    public void Acquire_WhileSparesAreOnTheirWay_AsksForNoMoreOfThem()
    {
        var bench = Busy(calls: 6);

        bench.Acquire(2);

        Assert.Equal([1 + 6, 1], bench.Ledgers.Open.Select(ask => ask.Message.Tokens.Count));
    }

    [Fact]
    public void Acquire_AfterAPause_AsksForItselfAlone()
    {
        var bench = Busy(calls: 6);
        bench.Advance(Window);

        bench.Begin();

        Assert.Single(bench.TheAsk().Message.Tokens);
    }

    [Fact]
    public void Acquire_ForOneKeyOnly_AsksForItselfAlone()
    {
        var bench = Busy(calls: 6);

        bench.Begin(Samples.Request() with { Pinned = bench.Keys[0].Id });

        Assert.Single(bench.TheAsk().Message.Tokens);
    }

    [Fact]
    public void Acquire_CallsThatCannotUseTheSpare_Ask()
    {
        var bench = Busy(calls: 6);
        bench.Lease();
        var key = bench.Ledgers.Asks[^1].Key;

        bench.Begin(Samples.Request() with { Excluded = [key] });
        bench.Begin(Samples.Request() with { Pinned = key });
        bench.Begin(Samples.Request() with { EstimatedTokens = 1_000_000 });

        Assert.Equal(3, bench.Ledgers.Open.Count + bench.Pool.WaiterCount);
        Assert.Equal(0, bench.Pool.Health.SpareGrants);
    }

    [Fact]
    public void Acquire_ConversationOfAnotherKey_KeepsToItWhereItGainsByIt()
    {
        var bench = new GatewayBench(2);
        var conversation = Samples.Request() with { Affinity = 1 };
        var own = bench.Lease(conversation).Key;
        bench.Pool.Settle(bench.Lease(), new CallOutcome(CallOutcomeKind.Succeeded));
        bench.Advance(Window);
        bench.Lease(Samples.Request() with { Excluded = [own.Id] });

        var gains = bench.AcquireAsync(conversation);
        var gainsNothing = bench.AcquireAsync(conversation with { PrefersKnownKey = false });

        Assert.Equal(own.Id, bench.TheAsk().Key);
        Assert.False(gains.IsCompleted);
        Assert.NotEqual(own, GatewayBench.Result(gainsNothing).Lease!.Key);
    }

    [Fact]
    public void Spares_ThatNoCallCameFor_GoBackOnce()
    {
        var bench = Busy(calls: 4, Samples.Table(rpm: 600));
        bench.Lease();
        var brought = bench.Ledgers.Asks[^1];

        bench.Advance(Window);

        var back = bench.TheAsk().Message.Settlements.Where(settlement => settlement.Outcome.Kind == CallOutcomeKind.NotSent).ToList();
        Assert.Equal([brought.Stamp + 1, brought.Stamp + 2, brought.Stamp + 3, brought.Stamp + 4], back.Select(settlement => settlement.Stamp));
        Assert.Empty(bench.TheAsk().Message.Tokens);
        bench.TheAsk().Grant();
        bench.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(4, bench.Ledgers.Asks.SelectMany(ask => ask.Message.Settlements).Concat(bench.Ledgers.Posted.SelectMany(post => post.Settlements)).Count(settlement => settlement.Outcome.Kind == CallOutcomeKind.NotSent));
        Assert.Equal(4, bench.Pool.Health.Unused);
    }

    [Fact]
    public void Spares_OfTheLastOfADay_BringTheKeyBack()
    {
        var bench = Busy(calls: 4, keys: 1);
        bench.Begin();
        bench.TheAsk().Answer(1 + 3, KeyDenialReason.Day, TimeSpan.FromHours(5), TimeSpan.FromHours(5));
        bench.Advance(Window);
        bench.TheAsk().Grant();

        Assert.NotNull(bench.Lease());
    }

    [Fact]
    public void Spares_ThatAreTooOld_ServeNoCall_HoweverLateTheTimerIs()
    {
        var clock = new LateTimers();
        var bench = Busy(calls: 4, clock: clock);
        bench.Lease();

        clock.Inner.Advance(Window);
        bench.Begin();

        Assert.Single(bench.Ledgers.Open);
        Assert.Equal(0, bench.Pool.Health.SpareGrants);
    }

    [Fact]
    public void Spares_OfAKeyWhoseLimitWasLearned_GoBackAtOnce()
    {
        var bench = Busy(calls: 4);
        bench.Begin();
        bench.TheAsk().Grant(3, TimeSpan.FromSeconds(30));

        bench.Advance(Window);

        Assert.Equal(2, bench.TheAsk().Message.Settlements.Count(settlement => settlement.Outcome.Kind == CallOutcomeKind.NotSent));
    }

    [Fact]
    public void Spares_ThatGoBack_AreThereForCallsWithOtherNeeds()
    {
        var bench = Busy(calls: 4);
        bench.Pool.ApplyKeys([.. bench.Keys.Select(key => new RosterKey(key, new KeyProfile { Tags = KeyTags.Of("paid") }))], []);
        var needy = Samples.Request() with { Needs = new KeyRequirement(KeyKind.Gemini, KeyTags.Of("paid")) };
        var other = bench.Lease().Key;
        bench.Begin(needy with { Excluded = [.. bench.Keys.Select(key => key.Id).Where(id => id != other.Id)] });
        bench.TheAsk().Deny(KeyDenialReason.Day, TimeSpan.FromHours(5));

        bench.Advance(Window);
        bench.Begin(needy with { Excluded = [.. bench.Keys.Select(key => key.Id).Where(id => id != other.Id)] });

        Assert.Equal(other.Id, bench.TheAsk().Key);
        Assert.NotEmpty(bench.TheAsk().Message.Tokens);
    }

    [Fact]
    public void Spares_OfAModelThatGaveWayAndCameBack_AskTheKeyOnceOnly()
    {
        var bench = Busy(calls: 4, Samples.Table(rpm: 600), keys: 1, options: ClusterKeyPoolOptions.Default with { ModelsMax = 1 });
        bench.Lease();
        bench.Lease(Samples.Request() with { Model = "another" });
        bench.Begin();
        var ask = bench.TheAsk();

        bench.Advance(Window);

        Assert.Same(ask, bench.TheAsk());
        ask.Grant();
        Assert.Equal(4, bench.Ledgers.Asks.SelectMany(one => one.Message.Settlements).Concat(bench.Ledgers.Posted.SelectMany(post => post.Settlements)).Count(one => one.Outcome.Kind == CallOutcomeKind.NotSent));
    }

    [Fact]
    public void Spares_OfAKeyInTrouble_ServeNoCall()
    {
        var bench = Busy(calls: 4);
        var lease = bench.Lease();
        bench.Pool.Settle(lease, new CallOutcome(CallOutcomeKind.KeyRateLimited));
        bench.TheAsk().Deny(KeyDenialReason.Minute, TimeSpan.FromSeconds(30));

        bench.Begin();

        Assert.NotEqual(lease.Key.Id, bench.TheAsk().Key);
        Assert.Equal(0, bench.Pool.Health.SpareGrants);
    }

    [Fact]
    public void Spares_OfAKeyThatWasChanged_ServeNoCall()
    {
        var bench = Busy(calls: 4);
        var lease = bench.Lease();

        bench.Pool.Reconsider(lease.Key.Id);
        bench.Begin();

        Assert.Single(bench.Ledgers.Open);
        Assert.Equal(0, bench.Pool.Health.SpareGrants);
    }

    [Fact]
    public async Task Stop_GivesSparesBack()
    {
        var bench = Busy(calls: 4);
        bench.Lease();

        await bench.Pool.StopAsync(CancellationToken.None);

        Assert.Equal(4, bench.Ledgers.Posted.SelectMany(post => post.Settlements).Count(settlement => settlement.Outcome.Kind == CallOutcomeKind.NotSent));
    }

    /// <summary>Keys, and a window in which some calls came, each with a token of its own.</summary>
    private static GatewayBench Busy(int calls, KeyLimitTable? limits = null, int keys = 2, LateTimers? clock = null, ClusterKeyPoolOptions? options = null)
    {
        var bench = new GatewayBench(keys, limits, options, clock);
        for (var i = 0; i < calls; i++)
        {
            bench.Pool.Settle(bench.Lease(), new CallOutcome(CallOutcomeKind.Succeeded));
        }

        (clock?.Inner ?? bench.Time).Advance(Window);
        return bench;
    }
}
