namespace GeminiBalance.Protocol.Gemini;

/// <summary>A <c>google.rpc.Status</c> as Google's front ends write it in JSON.</summary>
public sealed record GeminiErrorStatus
{
    /// <summary>The HTTP status; 0 when missing.</summary>
    public int Code { get; init; }

    /// <summary>The code where it is a word, as the Interactions API writes it: <c>rate_limit_exceeded</c>.</summary>
    public string? CodeName { get; init; }

    /// <summary>May hold keys and project numbers: redact before showing.</summary>
    public string Message { get; init; } = "";

    /// <summary>The name of the <c>google.rpc.Code</c>, such as <c>RESOURCE_EXHAUSTED</c>.</summary>
    public string? Status { get; init; }

    /// <summary><c>ErrorInfo.reason</c>, such as <c>API_KEY_INVALID</c>.</summary>
    public string? Reason { get; init; }

    /// <summary><c>ErrorInfo.metadata</c>, such as <c>consumer</c>; empty when missing.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = EmptyMetadata;

    /// <summary><c>RetryInfo.retryDelay</c>. Not to be trusted on a daily violation.</summary>
    public TimeSpan? RetryDelay { get; init; }

    /// <summary><c>QuotaFailure.violations</c>.</summary>
    public IReadOnlyList<QuotaViolation> QuotaViolations { get; init; } = [];

    /// <summary><c>BadRequest.fieldViolations</c>.</summary>
    public IReadOnlyList<FieldViolation> FieldViolations { get; init; } = [];

    internal static IReadOnlyDictionary<string, string> EmptyMetadata { get; } = new Dictionary<string, string>();
}
