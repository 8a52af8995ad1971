using GeminiBalance.Grains.Holding;
using GeminiBalance.Grains.Hosting;
using GeminiBalance.KeyPool;
using GeminiBalance.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.TestingHost;

namespace GeminiBalance.Grains.Tests;

/// <summary>Real silos in this process over a claim store in memory.</summary>
internal sealed class GrainCluster : IAsyncDisposable
{
    private static int runs;

    private GrainCluster(InProcessTestCluster cluster, InMemoryClaimStore store) => (Cluster, Store) = (cluster, store);

    public InProcessTestCluster Cluster { get; }

    public InMemoryClaimStore Store { get; }

    public IClusterClient Client => Cluster.Client;

    public static async Task<GrainCluster> StartAsync(short silos, InMemoryClaimStore? store = null)
    {
        store ??= new InMemoryClaimStore(TimeProvider.System);
        var builder = new InProcessTestClusterBuilder(silos);
        builder.ConfigureSilo((options, silo) =>
        {
            silo.AddMemoryGrainStorage(KeyGrainsSetup.StorageName);
            silo.UseInMemoryReminderService();
            silo.Services.AddSingleton<IClaimStore>(store);
            silo.AddKeyGrains(new HoldingOptions { Holder = options.SiloName + "-" + Interlocked.Increment(ref runs) });
            silo.Configure<ClusterMembershipOptions>(membership =>
            {
                membership.ProbeTimeout = TimeSpan.FromSeconds(1);
                membership.NumMissedProbesLimit = 2;
                membership.NumVotesForDeathDeclaration = 2;
                membership.TableRefreshTimeout = TimeSpan.FromSeconds(5);
            });
        });
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new GrainCluster(cluster, store);
    }

    public ValueTask DisposeAsync() => Cluster.DisposeAsync();
}
