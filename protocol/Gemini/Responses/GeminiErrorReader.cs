using System.Globalization;
using System.Text.Json;

namespace GeminiBalance.Protocol.Gemini;

/// <summary>Reads errors leniently: a detail of an odd shape is left out, the rest stays.</summary>
internal static class GeminiErrorReader
{
    private const int ArrayDepthMax = 2;

    public static GeminiErrorStatus? Read(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8);
        try
        {
            return JsonElement.TryParseValue(ref reader, out var root) && FindError(root.Value) is { } error ? ReadStatus(error) : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null; // HTML of a front end, or a body that was cut.
        }
    }

    private static JsonElement? FindError(JsonElement root)
    {
        for (var depth = 0; depth < ArrayDepthMax && root.ValueKind == JsonValueKind.Array && root.GetArrayLength() > 0; depth++)
        {
            root = root[0];
        }

        if (root.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        if (root.TryGetProperty("error"u8, out var error))
        {
            return error.ValueKind is JsonValueKind.Object or JsonValueKind.String ? error : null;
        }

        return root.TryGetProperty("message"u8, out _) && root.TryGetProperty("code"u8, out _) ? root : null;
    }

    private static GeminiErrorStatus ReadStatus(JsonElement error)
    {
        if (error.ValueKind == JsonValueKind.String)
        {
            return new GeminiErrorStatus { Message = error.GetString() ?? "" };
        }

        var status = new GeminiErrorStatus
        {
            Code = error.TryGetProperty("code"u8, out var code) && code.ValueKind == JsonValueKind.Number && code.TryGetInt32(out var number) ? number : 0,
            CodeName = code.ValueKind == JsonValueKind.String ? code.GetString() : null,
            Message = Text(error, "message") ?? "",
            Status = Text(error, "status"),
        };
        foreach (var detail in Items(error, "details"))
        {
            status = AddDetail(status, detail);
        }

        return status;
    }

    private static GeminiErrorStatus AddDetail(GeminiErrorStatus status, JsonElement detail)
    {
        var type = Text(detail, "@type") ?? "";
        return type[(type.LastIndexOf('.') + 1)..] switch
        {
            "ErrorInfo" => status with { Reason = status.Reason ?? Text(detail, "reason"), Metadata = ReadMetadata(detail) },
            "RetryInfo" => status with { RetryDelay = ReadDuration(Text(detail, "retryDelay")) ?? status.RetryDelay },
            "QuotaFailure" => status with { QuotaViolations = [.. status.QuotaViolations, .. Items(detail, "violations").Select(ReadQuota)] },
            "BadRequest" => status with
            {
                FieldViolations =
                [
                    .. status.FieldViolations,
                    .. Items(detail, "fieldViolations").Select(item => new FieldViolation(Text(item, "field"), Text(item, "description"))),
                ],
            },
            _ => status,
        };
    }

    private static QuotaViolation ReadQuota(JsonElement violation)
    {
        var model = violation.TryGetProperty("quotaDimensions"u8, out var dimensions) ? Text(dimensions, "model") : null;
        var value = long.TryParse(Text(violation, "quotaValue"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : (long?)null;
        return new QuotaViolation(Text(violation, "quotaId"), Text(violation, "quotaMetric"), value, model);
    }

    private static IReadOnlyDictionary<string, string> ReadMetadata(JsonElement detail)
    {
        if (!detail.TryGetProperty("metadata"u8, out var metadata) || metadata.ValueKind != JsonValueKind.Object)
        {
            return GeminiErrorStatus.EmptyMetadata;
        }

        var result = new Dictionary<string, string>();
        foreach (var member in metadata.EnumerateObject())
        {
            if (member.Value.ValueKind == JsonValueKind.String)
            {
                result[member.Name] = member.Value.GetString()!;
            }
        }

        return result;
    }

    // A protobuf Duration: seconds with up to nine decimals and an s.
    private static TimeSpan? ReadDuration(string? text) =>
        text is [.., 's']
        && decimal.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
        && seconds <= 315_576_000_000m
            ? TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond))
            : null;

    private static string? Text(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value)
            ? value.ValueKind switch
            {
                JsonValueKind.String => value.GetString(),
                JsonValueKind.Number => value.GetRawText(),
                _ => null,
            }
            : null;

    private static IEnumerable<JsonElement> Items(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object)
            : [];
}
