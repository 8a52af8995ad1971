namespace GeminiBalance.Storage.MySql;

/// <summary>A row of <c>request_log</c> or <c>error_log</c>. Texts that are too long for their column are cut.</summary>
public sealed record LogRow
{
    /// <summary>The row's number; given by the database.</summary>
    public long Id { get; init; }

    /// <summary>In UTC.</summary>
    public required DateTime Time { get; init; }

    public required string KeyId { get; init; }

    public required string Model { get; init; }

    public required int Face { get; init; }

    public required string ClientId { get; init; }

    public required int Number { get; init; }

    public required bool IsStream { get; init; }

    public required int Outcome { get; init; }

    public int? Status { get; init; }

    public int LatencyMs { get; init; }

    public long? PromptTokens { get; init; }

    public long? OutputTokens { get; init; }

    public string? Detail { get; init; }

    public string? Message { get; init; }

    public string? RequestBody { get; init; }
}
