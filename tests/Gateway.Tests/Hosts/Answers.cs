namespace GeminiBalance.Gateway.Tests.Hosts;

/// <summary>Bodies as the upstream writes them.</summary>
internal static class Answers
{
    public const string Sse = "text/event-stream";

    public const string Json = "application/json; charset=UTF-8";

    public const string Ok =
        """{"candidates": [{"content": {"parts": [{"text": "Hello"}],"role": "model"},"finishReason": "STOP","index": 0}],"usageMetadata": {"promptTokenCount": 4,"candidatesTokenCount": 2,"totalTokenCount": 6},"modelVersion": "gemini-x"}""";

    public const string Empty =
        """{"candidates": [{"content": {"role": "model"},"finishReason": "STOP"}],"usageMetadata": {"promptTokenCount": 4,"totalTokenCount": 4}}""";

    public const string Blocked = """{"promptFeedback": {"blockReason": "SAFETY"},"usageMetadata": {"promptTokenCount": 4,"totalTokenCount": 4}}""";

    public const string FirstPart =
        """{"candidates": [{"content": {"parts": [{"text": "Hel"}],"role": "model"},"index": 0}],"usageMetadata": {"promptTokenCount": 4,"totalTokenCount": 4}}""";

    public const string LastPart =
        """{"candidates": [{"content": {"parts": [{"text": "lo"}],"role": "model"},"finishReason": "STOP","index": 0}],"usageMetadata": {"promptTokenCount": 4,"candidatesTokenCount": 2,"thoughtsTokenCount": 3,"totalTokenCount": 9}}""";

    /// <summary>As Google frames events.</summary>
    public static string Event(string json) => $"data: {json}\r\n\r\n";

    /// <summary>A <c>google.rpc.Status</c>.</summary>
    public static string Error(int code, string status, string? details = null, string message = "What went wrong.") =>
        $$"""
        {
          "error": {
            "code": {{code}},
            "message": "{{message}}",
            "status": "{{status}}"{{(details is null ? "" : $",\n    \"details\": [{details}]")}}
          }
        }
        """;

    public static string Reason(string reason) =>
        $$"""{"@type": "type.googleapis.com/google.rpc.ErrorInfo","reason": "{{reason}}","domain": "googleapis.com"}""";

    public static string Quota(string quotaId, int value, string retryDelay) =>
        $$$"""{"@type": "type.googleapis.com/google.rpc.QuotaFailure","violations": [{"quotaId": "{{{quotaId}}}","quotaValue": "{{{value}}}"}]},{"@type": "type.googleapis.com/google.rpc.RetryInfo","retryDelay": "{{{retryDelay}}}"}""";
}
