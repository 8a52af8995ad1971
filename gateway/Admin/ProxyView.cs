namespace GeminiBalance.Gateway.Admin;

/// <summary>One proxy, without its credentials.</summary>
internal sealed record ProxyView(string Name, bool Usable, int Failures, string? Fault, DateTimeOffset? ProbeAt);
