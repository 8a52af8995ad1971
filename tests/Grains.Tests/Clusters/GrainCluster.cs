using GeminiBalance.Grains.Holding;
using GeminiBalance.Grains.Hosting;
using GeminiBalance.Grains.Telemetry;
using GeminiBalance.KeyPool;
using GeminiBalance.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.TestingHost;

namespace GeminiBalance.Grains.Tests.Clusters;

/// <summary>Real silos in this process over a claim store in memory, each with a link to the store of its own.</summary>
internal sealed class GrainCluster : IAsyncDisposable
{
    /// <summary>Everything about three times as fast as in operation.</summary>
    public static readonly HolderPulseOptions Pulse = HolderPulseOptions.Default with
    {
        Interval = TimeSpan.FromMilliseconds(500), AnswerWithin = TimeSpan.FromSeconds(1), TrustedFor = TimeSpan.FromSeconds(2),
    };

    /// <summary>For silos whose beats come in real time and are read on a clock that leaps.</summary>
    private static readonly HolderPulseOptions Unhurried = new() { TrustedFor = TimeSpan.FromDays(10_000), BeatWithin = TimeSpan.FromDays(10_000) };

    private static int runs;

    private GrainCluster(InProcessTestCluster cluster, InMemoryClaimStore store) => (Cluster, Store) = (cluster, store);

    public InProcessTestCluster Cluster { get; }

    public InMemoryClaimStore Store { get; }

    public IClusterClient Client => Cluster.Client;

    public IReadOnlyList<InProcessSiloHandle> Silos => Cluster.Silos;

    public static async Task<GrainCluster> StartAsync(short silos, Setup? setup = null)
    {
        setup ??= new Setup();
        var store = new InMemoryClaimStore(TimeProvider.System);
        var builder = new InProcessTestClusterBuilder(silos);
        builder.ConfigureSilo((options, silo) =>
        {
            var number = Interlocked.Increment(ref runs);
            silo.AddMemoryGrainStorage(KeyGrainsSetup.StorageName);
            silo.UseInMemoryReminderService();
            silo.Services.AddSingleton<TimeProvider>(setup.Skew(number) is { Ticks: not 0 } skew ? new SkewedClock(TimeProvider.System, skew) : TimeProvider.System);
            silo.Services.AddSingleton(new StoreLink(store)).AddSingleton<IClaimStore>(provider => provider.GetRequiredService<StoreLink>());
            silo.AddKeyGrains(new HoldingOptions { Holder = $"{options.SiloName}-{number}", StoredWithin = setup.StoredWithin, SpreadsAfter = setup.SpreadsAfter }, pulse: setup.Pulse);
            if (setup.LedgerTime is { } time)
            {
                silo.Services.AddSingleton(new HolderPulse(Unhurried, time.GetUtcNow()));
                silo.Services.AddSingleton(provider => new HolderClock(time, provider.GetRequiredService<HolderPulse>()));
            }

            silo.Configure<ClusterMembershipOptions>(membership =>
            {
                membership.ProbeTimeout = TimeSpan.FromSeconds(1);
                membership.NumMissedProbesLimit = 2;
                membership.NumVotesForDeathDeclaration = 2;
                membership.TableRefreshTimeout = TimeSpan.FromSeconds(5);
            });
            setup.Silo?.Invoke(silo);
        });
        builder.ConfigureClient(client => setup.Client?.Invoke(client));
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new GrainCluster(cluster, store);
    }

    public IApiKeyGrain Key(KeyId id) => Client.GetGrain<IApiKeyGrain>(id.Value);

    /// <summary>The silo that holds a key. It must have been asked before.</summary>
    public InProcessSiloHandle HolderOf(KeyId id) => Silos.Single(silo => Keys(silo).TryFind(id, out _));

    public static HeldKeys Keys(InProcessSiloHandle silo) => silo.ServiceProvider.GetRequiredService<HeldKeys>();

    public static HoldingMeter Meter(InProcessSiloHandle silo) => silo.ServiceProvider.GetRequiredService<HoldingMeter>();

    public static HolderPulse PulseOf(InProcessSiloHandle silo) => silo.ServiceProvider.GetRequiredService<HolderPulse>();

    public static TimeProvider Time(InProcessSiloHandle silo) => silo.ServiceProvider.GetRequiredService<TimeProvider>();

    public static StoreLink Link(InProcessSiloHandle silo) => silo.ServiceProvider.GetRequiredService<StoreLink>();

    /// <summary>Ends a silo so that nothing it does afterwards arrives anywhere.</summary>
    public Task KillAsync(InProcessSiloHandle silo)
    {
        Link(silo).Cut();
        return Cluster.KillSiloAsync(silo);
    }

    public ValueTask DisposeAsync() => Cluster.DisposeAsync();

    internal sealed record Setup
    {
        /// <summary>How far a silo's clock is off, by its number.</summary>
        public Func<int, TimeSpan> Skew { get; init; } = _ => TimeSpan.Zero;

        /// <summary>The clock of the ledgers, which a test moves as it likes; Orleans keeps its own. The system's when null.</summary>
        public TimeProvider? LedgerTime { get; init; }

        public HolderPulseOptions Pulse { get; init; } = GrainCluster.Pulse;

        public TimeSpan SpreadsAfter { get; init; } = TimeSpan.FromSeconds(5);

        public TimeSpan StoredWithin { get; init; } = TimeSpan.FromSeconds(10);

        public Action<ISiloBuilder>? Silo { get; init; }

        public Action<IClientBuilder>? Client { get; init; }
    }
}
