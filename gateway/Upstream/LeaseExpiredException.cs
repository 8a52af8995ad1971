namespace GeminiBalance.Gateway.Upstream;

/// <summary>The lease ran out before the first byte of the call could be handed to the network.</summary>
internal sealed class LeaseExpiredException : Exception;
