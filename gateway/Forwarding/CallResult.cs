using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Forwarding;

/// <summary>How a client's call ended after all its attempts.</summary>
/// <param name="Attempts">Calls that were sent, or tried to be.</param>
/// <param name="KeyId">The key of the last attempt; null when there was none.</param>
/// <param name="Failure">Null when the call succeeded.</param>
internal readonly record struct CallResult(int Attempts, KeyId? KeyId, CallFailure? Failure);
