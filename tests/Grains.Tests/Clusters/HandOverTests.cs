using GeminiBalance.KeyPool;
using GeminiBalance.TestKit;

namespace GeminiBalance.Grains.Tests.Clusters;

/// <summary>Keys that move between silos.</summary>
public sealed class HandOverTests
{
    private static readonly KeyId Id = Asks.Key(1);

    [Fact]
    public async Task GracefulStop_HandsOverExactWindows_WhateverTheClocks()
    {
        await using var cluster = await GrainCluster.StartAsync(2, new GrainCluster.Setup { Skew = number => TimeSpan.FromSeconds(number % 2 == 0 ? 5 : -5) });
        var before = TimeProvider.System.GetTimestamp();
        var first = await cluster.Key(Id).AskAsync(Asks.OneAMinute);
        var after = TimeProvider.System.GetTimestamp();
        Assert.Single(first.Grants);
        var atMost = Asks.Span - TimeProvider.System.GetElapsedTime(after);
        await cluster.Cluster.StopSiloAsync(cluster.HolderOf(Id));

        var next = await KeyGrainTests.AskUntilAnsweredAsync(cluster);
        Assert.Equal((0, KeyDenialReason.Minute), (next.Grants.Count, next.Denial));
        Assert.True(next.Term > first.Term);
        Assert.True(next.NextIn >= Asks.Span - TimeProvider.System.GetElapsedTime(before), $"{next.NextIn} is early");
        Assert.True(next.NextIn <= atMost, $"{next.NextIn} is late, it was {atMost} before the stop"); // Clocks are ten seconds apart.
        Assert.Equal(0, cluster.Silos.Sum(silo => GrainCluster.Meter(silo).TakeOvers));
    }

    [Fact]
    public async Task Kill_NextHolderTakesOverAndHolds()
    {
        await using var cluster = await GrainCluster.StartAsync(2);
        var begun = TimeProvider.System.GetTimestamp();
        Assert.Single((await cluster.Key(Id).AskAsync(Asks.OneAMinute)).Grants);
        await cluster.KillAsync(cluster.HolderOf(Id));

        var next = await KeyGrainTests.AskUntilAnsweredAsync(cluster);
        var held = Asks.Span + GrainCluster.Pulse.TrustedFor;
        Assert.Equal((0, KeyDenialReason.Minute), (next.Grants.Count, next.Denial));
        Assert.InRange(next.NextIn, held - TimeProvider.System.GetElapsedTime(begun), held + TimeSpan.FromTicks(1));
        Assert.Equal(1, GrainCluster.Meter(cluster.HolderOf(Id)).TakeOvers);
    }

    [Fact]
    public async Task ClaimTakenByATwin_IsDroppedAndNotGivenBack()
    {
        await using var cluster = await GrainCluster.StartAsync(1);
        Assert.Single((await cluster.Key(Id).AskAsync(Asks.OneAMinute)).Grants);
        var twin = (await cluster.Store.ClaimAsync("twin", [Id], CancellationToken.None))[0];
        await cluster.Cluster.WaitForDeactivationAsync(cluster.Key(Id).GetGrainId());

        Assert.Equal(("twin", twin.Term, true), (cluster.Store.Find(Id)!.Holder, cluster.Store.Find(Id)!.Term, cluster.Store.Find(Id)!.IsOpen));
        Assert.Equal(1, GrainCluster.Meter(cluster.Silos[0]).Losses);
        Assert.Equal(0, cluster.Store.Counts.Calls(ClaimStoreCall.Close));
        var again = await cluster.Key(Id).AskAsync(Asks.OneAMinute);
        Assert.Equal((twin.Term + 1, KeyDenialReason.Minute), (again.Term, again.Denial));
    }

    [Fact]
    public async Task ClaimThatIsJustBeingGivenBack_IsNotTakenOver()
    {
        await using var cluster = await GrainCluster.StartAsync(1);
        var twin = (await cluster.Store.ClaimAsync("twin", [Id], CancellationToken.None))[0];
        cluster.Store.After = async (call, _) =>
        {
            if (call == ClaimStoreCall.Claim && cluster.Store.Find(Id)!.Holder == "twin")
            {
                await cluster.Store.CloseAsync("twin", [new HeldLedger(Id, twin.Term, new KeyLedgerSnapshot { KeyId = Id.Value })], CancellationToken.None);
            }
        };

        Assert.Single((await cluster.Key(Id).AskAsync(Asks.OneAMinute)).Grants);
        Assert.Equal(0, GrainCluster.Meter(cluster.Silos[0]).TakeOvers);
        Assert.Equal(twin.Term + 1, cluster.Store.Find(Id)!.Term);
    }

    [Fact]
    public async Task Stops_WhileKeysAreAsked_LoseNoAnswerAndCountNothingTwice()
    {
        const int keys = 200;
        const int stops = 3;
        await using var cluster = await GrainCluster.StartAsync(3);
        var granted = new int[keys];
        using var end = new CancellationTokenSource();
        var asking = Enumerable.Range(0, keys).Select(number => Task.Run(async () =>
        {
            while (!end.IsCancellationRequested)
            {
                try
                {
                    granted[number] += (await cluster.Key(Asks.Key(number)).AskAsync(Asks.Plenty)).Grants.Count;
                }
                catch (Exception failure) when (failure is LedgerUnavailableException or OrleansException or TimeoutException)
                {
                    // A silo was leaving, or had left.
                }
            }
        })).ToArray();
        for (var stop = 0; stop < stops; stop++)
        {
            await cluster.Cluster.StopSiloAsync(cluster.Silos[^1]);
            await cluster.Cluster.StartAdditionalSiloAsync();
        }

        await end.CancelAsync();
        await Task.WhenAll(asking);
        var counted = await Task.WhenAll(Enumerable.Range(0, keys).Select(async number =>
            (int)KeyLedgerSnapshot.FromJson(await cluster.Key(Asks.Key(number)).ReadAsync()).Models!.Sum(model => model.Used)));
        Assert.Equal(granted, counted);
        Assert.True(granted.Sum() > keys);
        Assert.Equal(0, cluster.Silos.Sum(silo => GrainCluster.Meter(silo).TakeOvers));
    }

    [Fact]
    public async Task SiloThatJoins_IsGivenItsPart_WithExactWindows()
    {
        const int count = 300;
        await using var cluster = await GrainCluster.StartAsync(2, new GrainCluster.Setup { SpreadsAfter = TimeSpan.FromSeconds(1) });
        foreach (var number in Enumerable.Range(0, count))
        {
            Assert.Single((await cluster.Key(Asks.Key(number)).AskAsync(Asks.OneAMinute)).Grants);
        }

        var joined = await cluster.Cluster.StartAdditionalSiloAsync();
        await Asks.WhenAsync(() => GrainCluster.Keys(joined).Count >= (count / 3) - 2);
        foreach (var number in Enumerable.Range(0, count))
        {
            var answer = await KeyGrainTests.AskUntilAnsweredAsync(cluster, Asks.Key(number));
            Assert.Equal((0, KeyDenialReason.Minute), (answer.Grants.Count, answer.Denial));
        }

        Assert.InRange(GrainCluster.Keys(joined).Count, (count / 3) - 2, (count / 3) + 2);
        Assert.Equal(count, cluster.Silos.Sum(silo => GrainCluster.Keys(silo).Count));
        Assert.Equal(0, cluster.Silos.Sum(silo => GrainCluster.Meter(silo).TakeOvers));
    }

    [Fact]
    public async Task ManyKeys_AreSpread_ClaimedTogether_AndGivenBackTogether()
    {
        const int count = 10_000;
        await using var cluster = await GrainCluster.StartAsync(3);
        var granted = 0;
        await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = 500 }, async (number, _) =>
            Interlocked.Add(ref granted, (await cluster.Key(Asks.Key(number)).AskAsync(Asks.OneAMinute)).Grants.Count));
        Assert.Equal(count, granted);
        Assert.All(cluster.Silos, silo => Assert.InRange(GrainCluster.Keys(silo).Count, (count / 3) - 300, (count / 3) + 300));
        Assert.InRange(cluster.Store.Counts.Calls(ClaimStoreCall.Claim), 3, count / 10);

        var stopped = cluster.Silos[2];
        var held = GrainCluster.Keys(stopped).Count;
        await cluster.Cluster.StopSiloAsync(stopped);
        Assert.Equal(count - held, Enumerable.Range(0, count).Count(number => cluster.Store.Find(Asks.Key(number))!.IsOpen));
        Assert.InRange(cluster.Store.Counts.Calls(ClaimStoreCall.Close), 1, held / 10);
    }
}
