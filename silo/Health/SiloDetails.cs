using GeminiBalance.Grains.Holding;
using GeminiBalance.Grains.Telemetry;
using GeminiBalance.Silo.Settings;

namespace GeminiBalance.Silo.Health;

/// <summary>Reads what this silo does at the moment.</summary>
internal sealed class SiloDetails(SiloHealth health, SiloSettings settings, ISiloStatusOracle silos, ActivationCount activations, HeldKeys keys, GrainCallCounts calls)
{
    public DetailsAnswer Read()
    {
        var readiness = health.Read();
        return new DetailsAnswer(
            readiness.Word,
            readiness.Reason,
            settings.ClusterId,
            silos.SiloAddress.ToString(),
            silos.CurrentStatus.ToString(),
            silos.GetApproximateSiloStatuses().Where(member => member.Value != SiloStatus.Dead).ToDictionary(member => member.Key.ToString(), member => member.Value.ToString()),
            activations.Read(),
            keys.Count,
            health.IsDegraded,
            calls.Read());
    }
}
