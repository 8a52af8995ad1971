using GeminiBalance.KeyPool;

namespace GeminiBalance.Silo.Health;

/// <summary>Reads whether this silo does its work.</summary>
internal sealed class SiloHealth(ISiloStatusOracle silos, HolderPulse pulse, IHostApplicationLifetime lifetime, TimeProvider time)
{
    public Readiness Read()
    {
        var now = time.GetUtcNow();
        return Readiness.Of(silos.CurrentStatus, lifetime.ApplicationStopping.IsCancellationRequested, pulse.MayGrant(now), pulse.IsDegraded(now));
    }
}
