using System.Globalization;
using System.Text.Json;
using GeminiBalance.Gateway.Endpoints;

namespace GeminiBalance.Gateway.Live;

/// <summary>What a request for a token says that the gateway must know. Pure.</summary>
/// <param name="Model">The model that sessions are bound to, as quotas know it; null when none is.</param>
/// <param name="ExpiresAt">When sessions end; null when the upstream decides.</param>
internal readonly record struct LiveTokenRequest(string? Model, DateTimeOffset? ExpiresAt)
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = Limits.JsonDepthMax };

    /// <returns>Nothing known for what is no JSON: the upstream refuses it.</returns>
    public static LiveTokenRequest Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, Options);
            var root = document.RootElement;
            return new(ModelOf(Member(Member(root, "bidiGenerateContentSetup"), "model")), TimeOf(Member(root, "expireTime")));
        }
        catch (JsonException)
        {
            return default;
        }
    }

    private static JsonElement Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : default;

    private static string? ModelOf(JsonElement model) =>
        model.ValueKind == JsonValueKind.String && model.GetString() is { } name
            && GeminiPath.TryParse(name.Contains('/', StringComparison.Ordinal) ? name : $"models/{name}", out var path) && path.Method is null
            ? path.QuotaModel
            : null;

    private static DateTimeOffset? TimeOf(JsonElement time) =>
        time.ValueKind == JsonValueKind.String && DateTimeOffset.TryParse(time.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment : null;
}
