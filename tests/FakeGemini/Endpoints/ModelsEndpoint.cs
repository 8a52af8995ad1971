using System.Globalization;
using System.Text.Json;

namespace GeminiBalance.FakeGemini;

/// <summary><c>GET models</c>, paged, and <c>GET models/{model}</c>.</summary>
internal static class ModelsEndpoint
{
    private const int PageDefault = 50;
    private const int PageMax = 1000;

    public static byte[] One(FakeModel model) => GoogleJson.Pretty(writer => Write(writer, model));

    /// <summary>A page, or null when its token is none of ours.</summary>
    public static byte[]? Page(ModelCatalog catalog, string? pageSize, string? pageToken)
    {
        var start = 0;
        if (!string.IsNullOrEmpty(pageToken) && (!int.TryParse(pageToken, NumberStyles.None, CultureInfo.InvariantCulture, out start) || start >= catalog.All.Count))
        {
            return null;
        }

        var size = int.TryParse(pageSize, NumberStyles.None, CultureInfo.InvariantCulture, out var asked) && asked > 0 ? Math.Min(asked, PageMax) : PageDefault;
        return GoogleJson.Pretty(writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("models");
            foreach (var model in catalog.All.Skip(start).Take(size))
            {
                Write(writer, model);
            }

            writer.WriteEndArray();
            if (start + size < catalog.All.Count)
            {
                writer.WriteString("nextPageToken", (start + size).ToString(CultureInfo.InvariantCulture));
            }

            writer.WriteEndObject();
        });
    }

    private static void Write(Utf8JsonWriter writer, FakeModel model)
    {
        writer.WriteStartObject();
        writer.WriteString("name", "models/" + model.Name);
        writer.WriteString("version", "001");
        writer.WriteString("displayName", model.DisplayName);
        writer.WriteString("description", "Stable version of " + model.DisplayName);
        writer.WriteNumber("inputTokenLimit", model.Kind == ModelKind.Embedding ? 2_048 : 1_048_576);
        writer.WriteNumber("outputTokenLimit", model.Kind == ModelKind.Embedding ? 1 : 65_536);
        writer.WriteStartArray("supportedGenerationMethods");
        foreach (var method in model.Methods)
        {
            writer.WriteStringValue(method);
        }

        writer.WriteEndArray();
        if (model.Kind == ModelKind.Text)
        {
            writer.WriteNumber("temperature", 1);
            writer.WriteNumber("topP", 0.95);
            writer.WriteNumber("topK", 64);
            writer.WriteNumber("maxTemperature", 2);
        }

        if (model.Thinks)
        {
            writer.WriteBoolean("thinking", true);
        }

        writer.WriteEndObject();
    }
}
