namespace GeminiBalance.KeyPool;

/// <summary>A ledger's answer: as many grants as it has tokens for, and what comes next. Clocks differ, so times are spans from now.</summary>
/// <param name="Term">The holder's term; a settlement names the term its grant was made in.</param>
/// <param name="Grants">For the first calls asked for, in their order.</param>
/// <param name="Denial">Why the next call got none; <see cref="KeyDenialReason.None"/> when all were granted and one more would be, as far as is known.</param>
/// <param name="NextIn">When that call can be granted.</param>
/// <param name="FreeIn">When a call of the smallest size can be granted.</param>
/// <param name="WeightFactor">The share of the configured weight in force.</param>
/// <param name="IsLittleUsed">Whether the key's use is so far below its limits that a 429 for the minute would be a surprise.</param>
public sealed record LedgerAnswer(
    long Term,
    IReadOnlyList<LedgerGrant> Grants,
    KeyDenialReason Denial,
    TimeSpan NextIn,
    TimeSpan FreeIn,
    double WeightFactor,
    bool IsLittleUsed);
