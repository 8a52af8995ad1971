namespace GeminiBalance.Load.Proofs;

/// <summary>How large and how long a proof is.</summary>
/// <param name="Keys">API keys in the pool.</param>
/// <param name="Duration">Of its main phase.</param>
/// <param name="IsQuick">Whether phases that take minutes are shortened or left out.</param>
/// <param name="LogFolder">Where the members' lines go; null for nowhere.</param>
internal sealed record ProofScale(int Keys, TimeSpan Duration, bool IsQuick, string? LogFolder)
{
    /// <summary>Of each key.</summary>
    public int RequestsPerMinute { get; init; } = 5;
}
