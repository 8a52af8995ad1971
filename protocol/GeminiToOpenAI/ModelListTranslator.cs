using System.Buffers;
using System.Text.Json;
using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Protocol.GeminiToOpenAI;

/// <summary>Gemini's models to OpenAI's list and single model.</summary>
public static class ModelListTranslator
{
    /// <summary>Unix seconds. Google does not say when a model was made, and strict SDKs want a number.</summary>
    public const long Created = 1_700_000_000;

    private const string Prefix = "models/";

    /// <returns>The id that clients use: the name without <c>models/</c>.</returns>
    public static string IdOf(string name) => name.StartsWith(Prefix, StringComparison.Ordinal) ? name[Prefix.Length..] : name;

    /// <param name="models">The models of all pages; nameless ones are left out, repeated ones written once.</param>
    public static void WriteList(IEnumerable<GeminiModel?> models, IBufferWriter<byte> output)
    {
        using var writer = new Utf8JsonWriter(output, ChatJson.Options);
        writer.WriteStartObject();
        writer.WriteString("object"u8, "list"u8);
        writer.WriteStartArray("data"u8);
        var written = new HashSet<string>();
        foreach (var model in models)
        {
            if (model?.Name is { Length: > 0 } name && written.Add(IdOf(name)))
            {
                WriteModel(writer, IdOf(name));
            }
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <param name="id">The id in the client's own spelling.</param>
    public static void WriteModel(string id, IBufferWriter<byte> output)
    {
        using var writer = new Utf8JsonWriter(output, ChatJson.Options);
        WriteModel(writer, id);
    }

    private static void WriteModel(Utf8JsonWriter writer, string id)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, id);
        writer.WriteString("object"u8, "model"u8);
        writer.WriteNumber("created"u8, Created);
        writer.WriteString("owned_by"u8, "google"u8);
        writer.WriteEndObject();
    }
}
