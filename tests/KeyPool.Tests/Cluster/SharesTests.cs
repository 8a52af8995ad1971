using System.Globalization;
using GeminiBalance.TestKit;

namespace GeminiBalance.KeyPool.Tests.Cluster;

/// <summary>Which gateway prefers which key.</summary>
public sealed class SharesTests
{
    private static readonly IReadOnlyList<KeyId> Keys = [.. Samples.NewKeys(3_000).Select(key => key.Id)];

    [Theory]
    [InlineData("gateway-a", "gateway-b", "gateway-c")]
    [InlineData("1", "2", "3", "4", "5", "6", "7")]
    [InlineData("gw-7d9f8-abcde", "gw-7d9f8-abcdf")]
    public void IsOwn_AnyGateways_EachKeyHasOneOwnerAndSharesAreAlike(params string[] gateways)
    {
        var owners = Keys.Select(key => Assert.Single(gateways, gateway => IsOwn(key, gateway, gateways))).CountBy(owner => owner).ToDictionary();
        Assert.All(gateways, gateway => Assert.InRange(owners[gateway], 0.85 * Keys.Count / gateways.Length, 1.15 * Keys.Count / gateways.Length));
    }

    [Fact]
    public void IsOwn_AGatewayLeaves_OnlyItsKeysMove()
    {
        string[] before = [.. Enumerable.Range(0, 10).Select(number => "gateway-" + number.ToString(CultureInfo.InvariantCulture))];
        string[] after = before[..9];
        var moved = 0;
        foreach (var key in Keys)
        {
            var owner = before.Single(gateway => IsOwn(key, gateway, before));
            var next = after.Single(gateway => IsOwn(key, gateway, after));
            Assert.True(owner == next || owner == before[9], $"{key} moved from {owner} to {next}.");
            moved += owner == next ? 0 : 1;
        }

        Assert.InRange(moved, 1, Keys.Count / 5);
    }

    [Fact]
    public void SetGateways_OwnKeysAreAskedFirst()
    {
        var (bench, own) = NewBench(20);
        Assert.Equal(own.Count, bench.Pool.Health.OwnKeyCount);
        bench.Acquire(20, Samples.Request(10));
        Assert.Equal(own, bench.Ledgers.Asks.Take(own.Count).Select(ask => ask.Key).ToHashSet());
        Assert.Equal(20, bench.Ledgers.Asks.Select(ask => ask.Key).Distinct().Count());
    }

    [Fact]
    public void SetGateways_TheOthersLeave_AllKeysAreOwn()
    {
        var (bench, _) = NewBench(20);
        bench.Pool.SetGateways("a", ["a"]);
        Assert.Equal(20, bench.Pool.Health.OwnKeyCount);
        bench.Pool.ApplyKeys([new RosterKey(Samples.NewKey(99), new KeyProfile())], [bench.Keys[3].Id, bench.Keys[4].Id]);
        Assert.Equal((19, 19), (bench.Pool.Health.OwnKeyCount, bench.Pool.Health.KeyCount));
        bench.Pool.SetGateways("a", ["a", "b"]);
        Assert.Equal(19, bench.Pool.Health.OwnKeyCount + OwnOf(bench, "b", "a"));
    }

    [Fact]
    public void Acquire_OthersKeyIsDry_ItsOwnerComesFirstAndMoreSoTheMoreInVain()
    {
        var (bench, own) = NewBench(20);
        var dry = TimeSpan.FromSeconds(10);
        bench.Ledgers.AtOnce = ask => ask.Deny(KeyDenialReason.Minute, own.Contains(ask.Key) ? TimeSpan.FromHours(1) : dry);
        bench.Acquire(2, Samples.Request(1_000));
        var asked = bench.Ledgers.Asks.Count;
        Assert.Equal(20, asked);
        foreach (var courtesy in new[] { 0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 4, 4 })
        {
            bench.Advance(dry + TimeSpan.FromSeconds(courtesy) - GatewayBench.Tick);
            Assert.Equal(asked, bench.Ledgers.Asks.Count);
            bench.Advance(GatewayBench.Tick);
            Assert.Equal(20 - own.Count, bench.Ledgers.Asks.Count - asked);
            asked = bench.Ledgers.Asks.Count;
        }
    }

    [Fact]
    public void Acquire_OthersKeyHasATokenAfterAll_TheCourtesyIsShortAgain()
    {
        var bench = new GatewayBench(0);
        bench.Pool.SetGateways("a", ["a", "b"]);
        var key = Enumerable.Range(0, 100).Select(Samples.NewKey).First(key => !IsOwn(key.Id, "a", ["a", "b"]));
        bench.Pool.ApplyKeys([new RosterKey(key, new KeyProfile())], []);
        var calls = bench.Acquire(2, Samples.Request(1_000));
        foreach (var courtesy in new[] { 0.1, 0.2, 0.4, 0.8 })
        {
            bench.TheAsk().Deny(KeyDenialReason.Minute, TimeSpan.FromSeconds(10));
            bench.Advance(TimeSpan.FromSeconds(10 + courtesy));
        }

        bench.TheAsk().Grant(1, TimeSpan.FromSeconds(10));
        Assert.Equal([true, false], calls.Select(call => call.IsCompleted));
        bench.Advance(TimeSpan.FromSeconds(10.1) - GatewayBench.Tick);
        Assert.Empty(bench.Ledgers.Open);
        bench.Advance(GatewayBench.Tick);
        bench.TheAsk().Grant();
    }

    [Fact]
    public void SetGateways_AKeyBecomesOwn_TheCourtesyToItsFormerOwnerEnds()
    {
        var (bench, own) = NewBench(20);
        bench.Ledgers.AtOnce = ask => ask.Deny(KeyDenialReason.Minute, own.Contains(ask.Key) ? TimeSpan.FromHours(1) : TimeSpan.FromSeconds(10));
        var call = bench.AcquireAsync(Samples.Request(60));
        bench.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(20, bench.Ledgers.Asks.Count);
        bench.Ledgers.AtOnce = ask => ask.Grant();
        bench.Pool.SetGateways("a", ["a"]);
        Assert.True(GatewayBench.Result(call).IsGranted);
    }

    [Fact]
    public void SetGateways_WhileAKeyIsAsked_ItsAnswerFindsIt()
    {
        var (bench, _) = NewBench(2);
        var calls = bench.Acquire(4, Samples.Request(10));
        bench.Pool.SetGateways("a", ["a"]);
        bench.Pool.SetGateways("a", ["b", "a", "c"]);
        Assert.Equal(2, bench.Ledgers.Open.Count);
        bench.Ledgers.AtOnce = ask => ask.Grant();
        foreach (var ask in bench.Ledgers.Open)
        {
            ask.Grant();
        }

        Assert.All(calls, call => Assert.True(GatewayBench.Result(call).IsGranted));
    }

    [Fact]
    public void Acquire_ManyInVainAtOthers_AreBounded()
    {
        var bench = new GatewayBench(1_000, options: new ClusterKeyPoolOptions { VisitsMax = 10 });
        bench.Pool.SetGateways("a", ["a", "b", "c", "d"]);
        var own = OwnOf(bench, "a", "b", "c", "d");
        bench.Ledgers.AtOnce = ask => ask.Deny(KeyDenialReason.Minute, TimeSpan.FromHours(1));
        bench.Acquire(50, Samples.Request(20));
        Assert.Equal(own + 10, bench.Ledgers.Asks.Count);
        bench.Advance(TimeSpan.FromSeconds(10) + TimeSpan.FromMilliseconds(1));
        Assert.Equal(own + 20, bench.Ledgers.Asks.Count);
    }

    private static (GatewayBench Bench, HashSet<KeyId> Own) NewBench(int keys)
    {
        var bench = new GatewayBench(keys);
        bench.Pool.SetGateways("a", ["a", "b"]);
        return (bench, [.. bench.Keys.Select(key => key.Id).Where(key => IsOwn(key, "a", ["a", "b"]))]);
    }

    private static int OwnOf(GatewayBench bench, string gateway, params string[] others) =>
        bench.Pool.Keys.Count(key => IsOwn(key.Key.Id, gateway, [gateway, .. others]));

    private static bool IsOwn(KeyId key, string self, IReadOnlyList<string> all) =>
        KeyShares.IsOwn(key, KeyShares.HashOf(self), [.. all.Where(other => other != self).Select(KeyShares.HashOf)]);
}
