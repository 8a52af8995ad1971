namespace GeminiBalance.Gateway.Live;

/// <summary>What every session needs.</summary>
internal sealed record LiveServices(ILiveHandles Handles, LiveDrain Drain, LiveMetrics Metrics, TimeProvider Time, ILogger<LiveReceiver> Logger);
