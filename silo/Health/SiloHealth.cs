using GeminiBalance.KeyPool;

namespace GeminiBalance.Silo.Health;

/// <summary>Reads whether this silo does its work.</summary>
internal sealed class SiloHealth(ISiloStatusOracle silos, HolderPulse pulse, IHostApplicationLifetime lifetime, HolderClock clock)
{
    public bool IsDegraded => pulse.IsDegraded(clock.Read().Now);

    public Readiness Read()
    {
        var now = clock.Read().Now;
        return Readiness.Of(silos.CurrentStatus, lifetime.ApplicationStopping.IsCancellationRequested, pulse.MayGrant(now), pulse.IsDegraded(now));
    }
}
