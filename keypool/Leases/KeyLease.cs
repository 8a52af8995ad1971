namespace GeminiBalance.KeyPool;

/// <summary>The right to send one call with one key. It must be settled once, whatever becomes of the call.</summary>
/// <param name="Key">The key to send with.</param>
/// <param name="Model">The model it was granted for.</param>
/// <param name="GrantedAt">When the token was taken.</param>
/// <param name="SendBefore">After this moment the call must not be sent: settle as <see cref="CallOutcomeKind.NotSent"/> and acquire anew.</param>
/// <param name="EstimatedTokens">Input tokens charged.</param>
public record KeyLease(ApiKey Key, string Model, DateTimeOffset GrantedAt, DateTimeOffset SendBefore, long EstimatedTokens)
{
    private int settled;

    /// <summary>Which service takes the key.</summary>
    public KeyKind Kind { get; init; } = KeyKind.Gemini;

    /// <summary>True for the first caller only: a lease settled twice would give its token back twice.</summary>
    internal bool TrySettle() => Interlocked.Exchange(ref settled, 1) == 0;
}
