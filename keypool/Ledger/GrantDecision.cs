namespace GeminiBalance.KeyPool;

/// <summary>What a ledger says to one call: a token, or why not and until when.</summary>
/// <param name="Denial"><see cref="KeyDenialReason.None"/> when granted.</param>
/// <param name="At">Granted: the moment of the grant. Denied: when a token for this call is there at the earliest.</param>
/// <param name="FreeAt">Denied: when a token is there for a call of the smallest size; earlier than <paramref name="At"/> only when tokens per minute are short.</param>
/// <param name="ChargedTokens">Granted: the input tokens charged; never more than the limit per minute.</param>
/// <param name="WantsCheckpoint">The day's count should reach the store soon, or grants will have to wait for it.</param>
public readonly record struct GrantDecision(KeyDenialReason Denial, DateTimeOffset At, DateTimeOffset FreeAt, long ChargedTokens, bool WantsCheckpoint)
{
    public bool IsGranted => Denial == KeyDenialReason.None;
}
