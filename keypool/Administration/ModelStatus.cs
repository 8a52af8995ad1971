namespace GeminiBalance.KeyPool;

/// <summary>One key's live state for one model.</summary>
/// <param name="Model">The upstream model.</param>
/// <param name="Limits">The limits in force, learned ones included.</param>
/// <param name="IsLearned">Whether a 429 of the upstream has tightened the limits.</param>
/// <param name="SpentThisMinute">Requests that still count in the window.</param>
/// <param name="TokensThisMinute">Input tokens that still count in the window.</param>
/// <param name="SpentToday">Requests that count for the Pacific day.</param>
/// <param name="BlockedUntil">No token before this moment; null when there is one now.</param>
/// <param name="IsAvailable">False when the upstream does not offer the model to this key.</param>
public sealed record ModelStatus(
    string Model,
    KeyLimits Limits,
    bool IsLearned,
    long SpentThisMinute,
    long TokensThisMinute,
    long SpentToday,
    DateTimeOffset? BlockedUntil,
    bool IsAvailable);
