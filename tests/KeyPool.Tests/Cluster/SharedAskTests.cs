using GeminiBalance.TestKit;

namespace GeminiBalance.KeyPool.Tests.Cluster;

/// <summary>Calls that come while a key is asked share its next ask.</summary>
public sealed class SharedAskTests
{
    private static readonly LeaseRequest Patient = Samples.Request(10);

    [Fact]
    public void Acquire_WhileTheKeyIsAsked_SharesTheNextAsk()
    {
        var bench = new GatewayBench(1);
        var first = bench.AcquireAsync(Patient);
        var others = bench.Acquire(3, Patient);
        bench.TheAsk().Grant();
        Assert.True(GatewayBench.Result(first).IsGranted);
        Assert.Equal(3, bench.TheAsk().Message.Tokens.Count);

        bench.TheAsk().Grant(2, TimeSpan.FromSeconds(3));
        Assert.Equal([true, true, false], others.Select(call => call.IsCompleted));
        bench.Advance(TimeSpan.FromSeconds(3));
        Assert.Single(bench.TheAsk().Message.Tokens);
    }

    [Fact]
    public void Acquire_OtherModel_AsksBesides()
    {
        var bench = new GatewayBench(1);
        bench.Begin(Patient);
        bench.Begin(Patient with { Model = "other" });
        Assert.Equal([Samples.Model, "other"], bench.Ledgers.Open.Select(ask => ask.Message.Model));
    }

    [Theory]
    [InlineData(3, 3)]
    [InlineData(0, 32)]
    [InlineData(1_000, 32)]
    public void Acquire_ManyCalls_AskForNoMoreThanTheKeyMayHave(long rpm, int most)
    {
        var bench = new GatewayBench(1, Samples.Table(rpm));
        bench.Acquire(100, Patient);
        bench.TheAsk().Grant();
        Assert.Equal(most, bench.TheAsk().Message.Tokens.Count);
    }

    [Fact]
    public void Acquire_SeveralKeysAtOnce_ShareTheCallsAlike()
    {
        var bench = new GatewayBench(1, Samples.Table(rpm: 10));
        bench.Acquire(10, Patient);
        bench.Pool.ApplyKeys([.. Enumerable.Range(1, 3).Select(number => new RosterKey(Samples.NewKey(number), new KeyProfile()))], []);
        Assert.Equal([1, 3, 3, 3], bench.Ledgers.Open.Select(ask => ask.Message.Tokens.Count));
    }

    [Fact]
    public void Acquire_Clients_ShareAnAskInTurn()
    {
        var bench = new GatewayBench(1);
        bench.Begin(Patient);
        long[] greedy = [11, 12, 13];
        foreach (var tokens in greedy)
        {
            bench.Begin(Samples.Request(10, "greedy") with { EstimatedTokens = tokens });
        }

        bench.Begin(Samples.Request(10, "modest") with { EstimatedTokens = 21 });
        bench.TheAsk().Grant();
        Assert.Equal([11, 21, 12, 13], bench.TheAsk().Message.Tokens);
    }

    [Fact]
    public void Acquire_CallsThatGotNothing_AreFirstAgain()
    {
        var bench = new GatewayBench(1);
        bench.Begin(Patient);
        var calls = Enumerable.Range(1, 4).Select(tokens => bench.AcquireAsync(Patient with { EstimatedTokens = tokens })).ToList();
        bench.TheAsk().Grant();
        var late = bench.AcquireAsync(Patient with { EstimatedTokens = 5 });
        bench.TheAsk().Grant(1, TimeSpan.FromSeconds(1));
        Assert.True(calls[0].IsCompleted);
        bench.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([2, 3, 4, 5], bench.TheAsk().Message.Tokens);
        Assert.False(late.IsCompleted);
    }

    [Fact]
    public void Acquire_CallsOfOneAsk_AreRefusedBySize()
    {
        var bench = new GatewayBench(1, Samples.Table(tpm: 1_000));
        bench.Begin(Patient);
        var large = bench.AcquireAsync(Patient with { EstimatedTokens = 900 });
        var larger = bench.AcquireAsync(Patient with { EstimatedTokens = 950 });
        var small = bench.AcquireAsync(Patient with { EstimatedTokens = 100 });
        bench.TheAsk().Grant();
        bench.TheAsk().Deny(KeyDenialReason.Tokens, TimeSpan.FromSeconds(5), TimeSpan.Zero);
        Assert.Equal([100], bench.TheAsk().Message.Tokens);
        bench.TheAsk().Grant();
        Assert.True(GatewayBench.Result(small).IsGranted);
        Assert.Empty(bench.Ledgers.Open);

        bench.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal([900, 950], bench.TheAsk().Message.Tokens);
        bench.TheAsk().Grant();
        Assert.True(large.IsCompleted && larger.IsCompleted);
    }

    [Fact]
    public void Acquire_TooLargeForManyKeys_StopsAskingUntilTokensAreBack()
    {
        var bench = new GatewayBench(40, Samples.Table(tpm: 1_000));
        bench.Ledgers.AtOnce = ask => ask.Deny(KeyDenialReason.Tokens, TimeSpan.FromSeconds(5), TimeSpan.Zero);
        var call = bench.AcquireAsync(Patient with { EstimatedTokens = 900 });
        Assert.Equal(16, bench.Ledgers.Asks.Count);
        Assert.InRange(bench.Advance(TimeSpan.FromSeconds(5) - GatewayBench.Tick), 0, 1);
        Assert.Equal(16, bench.Ledgers.Asks.Count);

        bench.Ledgers.AtOnce = ask => ask.Grant();
        bench.Advance(GatewayBench.Tick);
        Assert.True(GatewayBench.Result(call).IsGranted);
    }
}
