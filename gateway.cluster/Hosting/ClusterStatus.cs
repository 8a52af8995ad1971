using GeminiBalance.Gateway.Cluster.Keys;
using GeminiBalance.Gateway.Cluster.Silos;
using GeminiBalance.KeyPool;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace GeminiBalance.Gateway.Cluster.Hosting;

/// <summary>Whether this gateway can give out keys.</summary>
internal sealed class ClusterStatus(SiloContact silos, ClusterKeyPool pool, RosterFollower roster, Drain drain) : IHealthCheck
{
    public const string Name = "cluster";

    public HealthCheckResult Check() =>
        drain.IsDraining ? HealthCheckResult.Unhealthy("The gateway is stopping.")
        : !roster.IsLoaded ? HealthCheckResult.Unhealthy("The keys are not loaded.")
        : silos.Connections == 0 ? HealthCheckResult.Unhealthy("No silo is connected.")
        : !silos.IsAnswering || !pool.Health.IsReachable ? HealthCheckResult.Unhealthy("The silos do not answer.")
        : roster.IsStale ? HealthCheckResult.Degraded("The database cannot be read: changes of keys are not seen.")
        : HealthCheckResult.Healthy();

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(Check());
}
