using GeminiBalance.Gateway.CallLog;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Storage;

/// <summary>A row of a log as SQLite gives it.</summary>
internal sealed class StoredAttempt
{
    public const string Columns =
        """
        id, time, key_id AS KeyId, model, face, client_id AS ClientId, number, is_stream AS IsStream, outcome, status, latency_ms AS LatencyMs,
        prompt_tokens AS PromptTokens, output_tokens AS OutputTokens
        """;

    public long Id { get; init; }

    public long Time { get; init; }

    public string KeyId { get; init; } = "";

    public string Model { get; init; } = "";

    public CallFace Face { get; init; }

    public string ClientId { get; init; } = "";

    public int Number { get; init; }

    public bool IsStream { get; init; }

    public CallOutcomeKind Outcome { get; init; }

    public int? Status { get; init; }

    public int LatencyMs { get; init; }

    public long? PromptTokens { get; init; }

    public long? OutputTokens { get; init; }

    public string? Detail { get; init; }

    public string? Message { get; init; }

    public string? RequestBody { get; init; }

    public CallLogRow<LoggedAttempt> ToRequest() => new(Id, ToAttempt());

    public CallLogRow<LoggedError> ToError() => new(Id, new LoggedError(ToAttempt(), Detail, Message, RequestBody));

    private LoggedAttempt ToAttempt() => new()
    {
        Time = DateTimeOffset.FromUnixTimeMilliseconds(Time),
        KeyId = new KeyId(KeyId),
        Model = Model,
        Face = Face,
        ClientId = ClientId,
        Number = Number,
        IsStream = IsStream,
        Outcome = Outcome,
        Status = Status,
        LatencyMs = LatencyMs,
        PromptTokens = PromptTokens,
        OutputTokens = OutputTokens,
    };
}
