using GeminiBalance.KeyPool;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace GeminiBalance.Gateway.Hosting;

/// <summary>Ready while the pool is started and holds its claim on the store.</summary>
internal sealed class PoolReadiness(LocalKeyPool pool) : IHealthCheck
{
    public const string Name = "keypool";

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var health = pool.Health;
        return Task.FromResult(
            !health.CanGrant ? HealthCheckResult.Unhealthy("The claim on the database is not held: no keys are given out.")
            : health.IsDegraded ? HealthCheckResult.Degraded("The last write to the database failed.")
            : HealthCheckResult.Healthy());
    }
}
