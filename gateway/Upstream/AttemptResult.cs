using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Upstream;

/// <summary>How one attempt ended.</summary>
internal readonly record struct AttemptResult(CallOutcome Outcome)
{
    /// <summary>The upstream's status, when it gave one that is not a success.</summary>
    public int? Status { get; init; }

    /// <summary>The upstream's error body, cut at <see cref="Limits.ErrorBodyBytesMax"/>.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The error body's type.</summary>
    public string? ContentType { get; init; }

    /// <summary>
    /// What the outcome means unless another key serves the same call; null when it means the same in any case. Set where the upstream's word fits
    /// the key's fault and another's.
    /// </summary>
    public CallOutcomeKind? Otherwise { get; init; }

    /// <summary>Whose quota the error speaks of, when it says so.</summary>
    public QuotaConsumer? Consumer { get; init; }

    /// <summary>No connection could be made. The call was not sent, but asking again at once would not help.</summary>
    public bool IsUnreachable { get; init; }
}
