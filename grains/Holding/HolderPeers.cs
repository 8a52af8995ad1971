using GeminiBalance.KeyPool;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;

namespace GeminiBalance.Grains.Holding;

/// <summary>Answers the other silos.</summary>
[Reentrant]
internal sealed class HolderPeers(GrainId id, Silo silo, ILoggerFactory loggers, HolderPulse pulse, HolderClock clock)
    : GrainService(id, silo, loggers), IHolderPeers
{
    public ValueTask<HolderWordMessage> TellAsync() => new(HolderWordMessage.From(pulse.Tell(clock.Read().Now)));
}
