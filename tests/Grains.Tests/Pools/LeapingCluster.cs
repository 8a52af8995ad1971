using GeminiBalance.Grains.Tests.Clusters;
using GeminiBalance.TestKit;

namespace GeminiBalance.Grains.Tests.Pools;

/// <summary>Two silos whose ledgers live on a clock that a test moves.</summary>
public sealed class LeapingCluster : IAsyncLifetime
{
    private GrainCluster? cluster;

    public ManualTimeProvider Time { get; } = new();

    public IGrainFactory Grains => cluster!.Client;

    public async Task InitializeAsync() => cluster = await GrainCluster.StartAsync(2, new GrainCluster.Setup { LedgerTime = Time });

    public async Task DisposeAsync() => await cluster!.DisposeAsync();
}
