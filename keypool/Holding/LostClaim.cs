namespace GeminiBalance.KeyPool;

/// <summary>A claim of a term that another holder ended.</summary>
public sealed record LostClaim(KeyId Key, long Term);
