namespace GeminiBalance.KeyPool;

/// <summary>Whether the pool can record what it grants.</summary>
/// <param name="CanGrant">False while the claim on the store is not valid.</param>
/// <param name="IsDegraded">True while the last write failed.</param>
/// <param name="FailedWrites">Writes that failed, since the start.</param>
/// <param name="ClaimValidUntil">Until when this process may grant without another write.</param>
public sealed record PoolHealth(bool CanGrant, bool IsDegraded, long FailedWrites, DateTimeOffset ClaimValidUntil);
