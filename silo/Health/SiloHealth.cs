using GeminiBalance.Grains.Holding;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Silo.Health;

/// <summary>Reads whether this silo does its work.</summary>
internal sealed class SiloHealth(ISiloStatusOracle silos, HolderPulse pulse, IHostApplicationLifetime lifetime, SiloClock clock)
{
    public bool IsDegraded => pulse.IsDegraded(clock.Now);

    public Readiness Read()
    {
        var now = clock.Now;
        return Readiness.Of(silos.CurrentStatus, lifetime.ApplicationStopping.IsCancellationRequested, pulse.MayGrant(now), pulse.IsDegraded(now));
    }
}
