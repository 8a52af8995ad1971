namespace GeminiBalance.Storage.MySql;

/// <summary>Which rows of a log are asked for. What is null does not matter.</summary>
public sealed record LogQuery
{
    /// <summary>In UTC, included.</summary>
    public DateTime? From { get; init; }

    /// <summary>In UTC, not included.</summary>
    public DateTime? Until { get; init; }

    public IReadOnlyCollection<string>? KeyIds { get; init; }

    public string? Model { get; init; }

    public string? ClientId { get; init; }

    public IReadOnlyCollection<int>? Outcomes { get; init; }

    public int? Status { get; init; }

    /// <summary>Stands in the detail or the message, in any case.</summary>
    public string? Text { get; init; }

    public bool IsOldestFirst { get; init; }

    public required int Limit { get; init; }

    public int Offset { get; init; }

    /// <summary>How far matching rows are counted.</summary>
    public required int CountMax { get; init; }
}
