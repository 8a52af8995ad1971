using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace GeminiBalance.Grains.Tests.Clusters;

/// <summary>What a key costs a silo that holds it and is not asked for it.</summary>
public sealed class MemoryTests(ITestOutputHelper output)
{
    private const int Count = 20_000;
    private const double BytesPerKeyMax = 4096;

    [Fact]
    public async Task IdleKey_TakesLessThanFourKibibytes()
    {
        await using var cluster = await GrainCluster.StartAsync(1);
        await WakeAsync(cluster, 0, 1_000); // What is there once only, and code that runs for the first time.
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await WakeAsync(cluster, 1_000, Count);
        await Asks.WhenAsync(() => cluster.Silos[0].ServiceProvider.GetRequiredService<Grains.Holding.LedgerWriter>().Waiting == 0);
        var each = (double)(GC.GetTotalMemory(forceFullCollection: true) - before) / Count;

        output.WriteLine($"{each:F0} bytes a key, its row in the store included");
        Assert.Equal(1_000 + Count, GrainCluster.Keys(cluster.Silos[0]).Count);
        Assert.InRange(each, 500, BytesPerKeyMax);
    }

    private static Task WakeAsync(GrainCluster cluster, int from, int count) => Parallel.ForEachAsync(
        Enumerable.Range(from, count),
        new ParallelOptions { MaxDegreeOfParallelism = 64 },
        async (number, _) => Assert.Single((await cluster.Key(Asks.Key(number)).AskAsync(Asks.OneAMinute)).Grants));
}
