namespace GeminiBalance.Gateway.Egress;

/// <summary>How a proxy does.</summary>
/// <param name="IsUsable">Whether calls leave by it.</param>
/// <param name="Failures">Failures in a row, probes included.</param>
/// <param name="Fault">The last one, without credentials; null when it works.</param>
/// <param name="ProbeAt">When it is tried again; null when it works.</param>
internal readonly record struct ProxyState(bool IsUsable, int Failures, string? Fault, DateTimeOffset? ProbeAt);
