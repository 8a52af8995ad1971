using GeminiBalance.Gateway.Upstream;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Forwarding;

/// <summary>Why a call failed for good: the pool's denial, or how the last attempt ended. Exactly one of the two is set.</summary>
internal sealed record CallFailure
{
    public LeaseDenialReason? Denial { get; init; }

    /// <summary>What the pool was asked for when it denied.</summary>
    public KeyRequirement Needs { get; init; } = KeyRequirement.None;

    public AttemptResult? Attempt { get; init; }

    /// <summary>When asking again can succeed, if that is known.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
