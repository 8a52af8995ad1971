using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.CallLog;

/// <summary>One attempt to call the upstream, as the request log keeps it. Holds no secret.</summary>
internal readonly record struct LoggedAttempt
{
    /// <summary>When it ended.</summary>
    public required DateTimeOffset Time { get; init; }

    public required KeyId KeyId { get; init; }

    public required string Model { get; init; }

    public required CallFace Face { get; init; }

    /// <summary>Whose call it was, see <see cref="Hosting.IClientTokens.FindClientId"/>.</summary>
    public required string ClientId { get; init; }

    /// <summary>Which attempt of its call it was, from one.</summary>
    public required int Number { get; init; }

    public required bool IsStream { get; init; }

    public required CallOutcomeKind Outcome { get; init; }

    /// <summary>The upstream's HTTP status; null when it gave none, or when the answer broke after a status of success.</summary>
    public int? Status { get; init; }

    /// <summary>From sending to the end of the answer, in milliseconds.</summary>
    public int LatencyMs { get; init; }

    /// <summary>Input tokens the upstream counted; null when it did not say.</summary>
    public long? PromptTokens { get; init; }

    /// <summary>Output tokens, thoughts included; null when the upstream did not say.</summary>
    public long? OutputTokens { get; init; }
}
