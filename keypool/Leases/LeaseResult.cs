using System.Diagnostics.CodeAnalysis;

namespace GeminiBalance.KeyPool;

/// <summary>A lease, or the reason for none and the time after which asking again can succeed.</summary>
public sealed record LeaseResult
{
    private LeaseResult()
    {
    }

    public KeyLease? Lease { get; private init; }

    public LeaseDenialReason? Denial { get; private init; }

    /// <summary>When the next token comes back; null when no time can be told.</summary>
    public TimeSpan? RetryAfter { get; private init; }

    [MemberNotNullWhen(true, nameof(Lease))]
    [MemberNotNullWhen(false, nameof(Denial))]
    public bool IsGranted => Lease is not null;

    public static LeaseResult Granted(KeyLease lease) => new() { Lease = lease };

    public static LeaseResult Denied(LeaseDenialReason reason, TimeSpan? retryAfter = null) => new() { Denial = reason, RetryAfter = retryAfter };
}
