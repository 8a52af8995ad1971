using System.Text.Json;

namespace GeminiBalance.FakeGemini;

/// <summary>The entries of an error's <c>details</c>.</summary>
internal static class ErrorDetails
{
    private const string TypePrefix = "type.googleapis.com/google.rpc.";

    public static void Info(Utf8JsonWriter writer, string reason, params (string Name, string Value)[] metadata)
    {
        Start(writer, "ErrorInfo");
        writer.WriteString("reason", reason);
        writer.WriteString("domain", "googleapis.com");
        writer.WriteStartObject("metadata");
        writer.WriteString("service", "generativelanguage.googleapis.com");
        foreach (var (name, value) in metadata)
        {
            writer.WriteString(name, value);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    public static void Localized(Utf8JsonWriter writer, string message)
    {
        Start(writer, "LocalizedMessage");
        writer.WriteString("locale", "en-US");
        writer.WriteString("message", message);
        writer.WriteEndObject();
    }

    public static void BadRequest(Utf8JsonWriter writer, IEnumerable<(string Field, string Description)> violations)
    {
        Start(writer, "BadRequest");
        writer.WriteStartArray("fieldViolations");
        foreach (var (field, description) in violations)
        {
            writer.WriteStartObject();
            if (field.Length > 0)
            {
                writer.WriteString("field", field);
            }

            writer.WriteString("description", description);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    public static void Help(Utf8JsonWriter writer)
    {
        Start(writer, "Help");
        writer.WriteStartArray("links");
        writer.WriteStartObject();
        writer.WriteString("description", "Learn more about Gemini API quotas");
        writer.WriteString("url", "https://ai.google.dev/gemini-api/docs/rate-limits");
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    public static void QuotaFailure(Utf8JsonWriter writer, IEnumerable<QuotaBreach> breaches, string model)
    {
        Start(writer, "QuotaFailure");
        writer.WriteStartArray("violations");
        foreach (var breach in breaches)
        {
            writer.WriteStartObject();
            writer.WriteString("quotaMetric", breach.Metric);
            writer.WriteString("quotaId", breach.QuotaId);
            writer.WriteStartObject("quotaDimensions");
            writer.WriteString("location", "global");
            writer.WriteString("model", model);
            writer.WriteEndObject();
            writer.WriteString("quotaValue", $"{breach.Limit}");
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    public static void Retry(Utf8JsonWriter writer, string delay)
    {
        Start(writer, "RetryInfo");
        writer.WriteString("retryDelay", delay);
        writer.WriteEndObject();
    }

    public static void Debug(Utf8JsonWriter writer, string code, string message)
    {
        Start(writer, "DebugInfo");
        writer.WriteString("detail", $"[ORIGINAL ERROR] generic::{code}: {message} [google.rpc.error_details_ext] {{ message: \"{message}\" }}");
        writer.WriteEndObject();
    }

    private static void Start(Utf8JsonWriter writer, string type)
    {
        writer.WriteStartObject();
        writer.WriteString("@type", TypePrefix + type);
    }
}
