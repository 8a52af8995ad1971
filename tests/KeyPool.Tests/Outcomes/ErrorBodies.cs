using System.Text.Json;

namespace GeminiBalance.KeyPool.Tests.Outcomes;

/// <summary>Builds <c>google.rpc.Status</c> bodies.</summary>
internal static class ErrorBodies
{
    private const string Types = "type.googleapis.com/google.rpc.";

    public static byte[] Error(int code, string status, params object[] details) =>
        JsonSerializer.SerializeToUtf8Bytes(new { error = new { code, message = "Never read: PerDay, limit: 0.", status, details } });

    public static Dictionary<string, object> Info(string reason, params (string Name, string Value)[] metadata) => new()
    {
        ["@type"] = Types + "ErrorInfo",
        ["reason"] = reason,
        ["metadata"] = metadata.ToDictionary(pair => pair.Name, pair => pair.Value),
    };

    public static byte[] Quota(string? retryDelay, params (string Id, string? Value)[] violations)
    {
        var list = violations.Select(violation =>
        {
            var one = new Dictionary<string, string> { ["quotaId"] = violation.Id, ["quotaMetric"] = "generativelanguage.googleapis.com/m" };
            if (violation.Value is not null)
            {
                one["quotaValue"] = violation.Value;
            }

            return one;
        });
        var failure = new Dictionary<string, object> { ["@type"] = Types + "QuotaFailure", ["violations"] = list.ToArray() };
        return retryDelay is null
            ? Error(429, "RESOURCE_EXHAUSTED", failure)
            : Error(429, "RESOURCE_EXHAUSTED", failure, new Dictionary<string, object> { ["@type"] = Types + "RetryInfo", ["retryDelay"] = retryDelay });
    }
}
