using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.CallLog;

/// <summary>Which rows of a log are asked for. What is null does not matter.</summary>
internal sealed record CallLogFilter
{
    /// <summary>Ended at this moment or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Ended before this moment.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>One of these keys; an empty list is met by no row.</summary>
    public IReadOnlyList<string>? KeyIds { get; init; }

    public string? Model { get; init; }

    public string? ClientId { get; init; }

    public IReadOnlyList<CallOutcomeKind>? Outcomes { get; init; }

    public int? Status { get; init; }

    /// <summary>Stands in the detail or the message of an error, in any case.</summary>
    public string? Text { get; init; }

    public bool IsOldestFirst { get; init; }

    public int Limit { get; init; } = 50;

    public int Offset { get; init; }
}
