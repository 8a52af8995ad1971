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

    /// <summary>For silos whose beats come in real time and are read on a clock that leaps.</summary>
    private static readonly HolderPulseOptions Unhurried = new() { TrustedFor = TimeSpan.FromDays(10_000), BeatWithin = TimeSpan.FromDays(10_000) };

    private GrainCluster(InProcessTestCluster cluster, InMemoryClaimStore store) => (Cluster, Store) = (cluster, store);

    public InProcessTestCluster Cluster { get; }

    public InMemoryClaimStore Store { get; }

    public IClusterClient Client => Cluster.Client;

    /// <param name="silos">How many.</param>
    /// <param name="store">Where the ledgers rest; a new one when null.</param>
    /// <param name="ledgerTime">The clock of the ledgers, which a test moves as it likes; Orleans keeps its own. The system's when null.</param>
    public static async Task<GrainCluster> StartAsync(short silos, InMemoryClaimStore? store = null, TimeProvider? ledgerTime = null)
    {
        store ??= new InMemoryClaimStore(TimeProvider.System);
        var builder = new InProcessTestClusterBuilder(silos);
        builder.ConfigureSilo((options, silo) =>
        {
            silo.AddMemoryGrainStorage(KeyGrainsSetup.StorageName);
            silo.UseInMemoryReminderService();
            silo.Services.AddSingleton<IClaimStore>(store);
            silo.AddKeyGrains(new HoldingOptions { Holder = options.SiloName + "-" + Interlocked.Increment(ref runs) });
            if (ledgerTime is not null)
            {
                silo.Services.AddSingleton(new HolderPulse(Unhurried, ledgerTime.GetUtcNow()));
                silo.Services.AddSingleton(provider => new HolderClock(ledgerTime, provider.GetRequiredService<HolderPulse>()));
            }

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
