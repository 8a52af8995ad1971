using System.Text.Json;

namespace GeminiBalance.FakeGemini;

/// <summary><c>openai/models</c> and <c>openai/embeddings</c>.</summary>
internal static class CompatibleLists
{
    private const int DimensionsDefault = 3072;

    public static byte[] Models(ModelCatalog catalog) => GoogleJson.Pretty(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("object", "list");
        writer.WriteStartArray("data");
        foreach (var model in catalog.All)
        {
            Write(writer, model);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    public static byte[] Model(FakeModel model) => GoogleJson.Pretty(writer => Write(writer, model));

    public static long PromptTokensOf(JsonElement request) => Inputs(request).Sum(text => (long)TokenCounter.Count(text));

    public static byte[] Embed(JsonElement request, FakeModel model) => GoogleJson.Pretty(writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartArray("data");
        var index = 0;
        foreach (var text in Inputs(request))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("embedding");
            foreach (var value in Embeddings.Vector(text, (int)Math.Clamp(request.Whole("dimensions") ?? DimensionsDefault, 1, DimensionsDefault), model))
            {
                writer.WriteNumberValue(value);
            }

            writer.WriteEndArray();
            writer.WriteNumber("index", index++);
            writer.WriteString("object", "embedding");
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteString("model", model.Name);
        writer.WriteString("object", "list");
        writer.WriteEndObject();
    });

    private static IEnumerable<string> Inputs(JsonElement request) =>
        request.Text("input") is { } one ? [one] : request.Texts("input");

    private static void Write(Utf8JsonWriter writer, FakeModel model)
    {
        writer.WriteStartObject();
        writer.WriteString("id", "models/" + model.Name);
        writer.WriteString("object", "model");
        writer.WriteString("owned_by", "google");
        writer.WriteString("display_name", model.DisplayName);
        writer.WriteEndObject();
    }
}
