using GeminiBalance.Gateway.Cluster.Settings;
using GeminiBalance.Gateway.Hosting;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.KeyPool;
using GeminiBalance.Storage.MySql;

namespace GeminiBalance.Gateway.Cluster.Hosting;

/// <summary>What a gateway of a cluster tells at its start.</summary>
internal sealed class ClusterFacts(ClusterKeyPool pool, MySqlAddress database, ISettingsSource settings) : IStartFacts
{
    public ValueTask<StartFacts> TakeAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult(new StartFacts(pool.Health.KeyCount, $"{database}, cluster {((ClusterSettings)settings.Current).ClusterId}", FreshToken: null));
}
