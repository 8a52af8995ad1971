using GeminiBalance.Grains.Holding;
using GeminiBalance.Grains.Telemetry;
using GeminiBalance.KeyPool;
using Microsoft.Extensions.Logging;

namespace GeminiBalance.Grains.Keys;

/// <summary>What every key's grain needs, in one place: a silo holds many grains.</summary>
internal sealed record KeyGrainServices(
    ClaimGate Claims,
    LedgerWriter Writer,
    HeldKeys Keys,
    HolderPulse Pulse,
    SiloClock Clock,
    KeyLedgerOptions Ledger,
    HoldingMeter Meter,
    TimeProvider Time,
    ILogger<ApiKeyGrain> Logger);
