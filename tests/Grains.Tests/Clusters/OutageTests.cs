using GeminiBalance.KeyPool;
using Orleans.TestingHost;

namespace GeminiBalance.Grains.Tests.Clusters;

/// <summary>A store that is away for all silos, or for one.</summary>
public sealed class OutageTests
{
    private const int Keys = 40;

    [Fact]
    public async Task StoreAwayForAll_HoldersGoOn_AndWhatChangedIsStoredAfterwards()
    {
        await using var cluster = await GrainCluster.StartAsync(3);
        await AskAllAsync(cluster);
        foreach (var silo in cluster.Silos)
        {
            GrainCluster.Link(silo).Cut();
        }

        await Asks.WhenAsync(() => cluster.Silos.All(silo => IsDegraded(silo) && MayGrant(silo)));
        Assert.All(await AskAllAsync(cluster), answer => Assert.Single(answer.Grants));
        await cluster.Key(Asks.Key(0)).AskAsync(new KeyLimits(0, 0, 50)); // A chunk of one: it goes on without the store.
        foreach (var silo in cluster.Silos)
        {
            GrainCluster.Link(silo).Mend();
        }

        await Asks.WhenAsync(() => cluster.Silos.All(silo => !IsDegraded(silo)));
        await Asks.WhenAsync(() => Enumerable.Range(0, Keys).All(number => KeyLedgerSnapshot.FromJson(cluster.Store.Find(Asks.Key(number))?.Json ?? "{\"keyId\":\"\"}"u8.ToArray()).Models?[0].Used >= 2));
        Assert.Equal(0, cluster.Silos.Sum(silo => GrainCluster.Meter(silo).Losses));
    }

    [Fact]
    public async Task StoreAwayForOne_ThatOneStops()
    {
        await using var cluster = await GrainCluster.StartAsync(3);
        await AskAllAsync(cluster);
        var cut = cluster.Silos[1];
        var held = Enumerable.Range(0, Keys).Where(number => GrainCluster.Keys(cut).TryFind(Asks.Key(number), out _)).ToHashSet();
        GrainCluster.Link(cut).Cut();

        await Asks.WhenAsync(() => !MayGrant(cut));
        Assert.True(IsDegraded(cut));
        var answers = await AskAllAsync(cluster);
        Assert.NotEmpty(held);
        Assert.All(answers.Index(), answer => Assert.Equal(held.Contains(answer.Index) ? KeyDenialReason.StoreUnavailable : KeyDenialReason.None, answer.Item.Denial));
        GrainCluster.Link(cut).Mend();
        await Asks.WhenAsync(() => MayGrant(cut));
        Assert.All(await AskAllAsync(cluster), answer => Assert.Single(answer.Grants));
    }

    [Fact]
    public async Task StoreAwayForAll_AndOneSiloKilled_TheOthersGoOn()
    {
        await using var cluster = await GrainCluster.StartAsync(3);
        await AskAllAsync(cluster);
        var (killed, left) = (cluster.Silos[2], cluster.Silos.Take(2).ToList());
        left.ForEach(silo => GrainCluster.Link(silo).Cut());
        await cluster.KillAsync(killed);

        await Asks.WhenAsync(() => left.All(silo => IsDegraded(silo) && MayGrant(silo)));
        var held = Enumerable.Range(0, Keys).First(number => GrainCluster.Keys(left[0]).TryFind(Asks.Key(number), out _));
        Assert.Single((await cluster.Key(Asks.Key(held)).AskAsync(KeyLimits.Unlimited)).Grants);
    }

    [Fact]
    public async Task StoreAwayForAll_StrictSilosStop()
    {
        await using var cluster = await GrainCluster.StartAsync(1, new GrainCluster.Setup { Pulse = GrainCluster.Pulse with { IsStrict = true } });
        await AskAllAsync(cluster);
        GrainCluster.Link(cluster.Silos[0]).Cut();

        await Asks.WhenAsync(() => !MayGrant(cluster.Silos[0]));
        Assert.All(await AskAllAsync(cluster), answer => Assert.Equal(KeyDenialReason.StoreUnavailable, answer.Denial));
    }

    private static Task<LedgerAnswer[]> AskAllAsync(GrainCluster cluster) =>
        Task.WhenAll(Enumerable.Range(0, Keys).Select(number => cluster.Key(Asks.Key(number)).AskAsync(KeyLimits.Unlimited)));

    private static bool MayGrant(InProcessSiloHandle silo) => GrainCluster.PulseOf(silo).MayGrant(Now(silo));

    private static bool IsDegraded(InProcessSiloHandle silo) => GrainCluster.PulseOf(silo).IsDegraded(Now(silo));

    private static DateTimeOffset Now(InProcessSiloHandle silo) => GrainCluster.Time(silo).GetUtcNow();
}
