using System.Buffers;
using System.Globalization;
using System.Text.Json;
using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.GeminiToOpenAI;
using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Protocol.GeminiToAnthropic;

/// <summary>Gemini's models to Anthropic's list and single model.</summary>
public static class ModelInfoTranslator
{
    // Google does not say when a model was made, and the member is not optional.
    private static readonly string Created = DateTimeOffset.FromUnixTimeSeconds(ModelListTranslator.Created).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <param name="models">The models of all pages. Those that cannot answer messages are left out, repeated ones written once.</param>
    public static void WriteList(IEnumerable<GeminiModel> models, IBufferWriter<byte> output)
    {
        var listed = models.Where(model => model.Name is { Length: > 0 } && model.SupportedGenerationMethods?.Contains("generateContent") is not false)
            .DistinctBy(model => model.Name)
            .ToList();
        using var writer = new Utf8JsonWriter(output, ChatJson.Options);
        writer.WriteStartObject();
        writer.WriteStartArray("data"u8);
        listed.ForEach(model => WriteModel(writer, ModelListTranslator.IdOf(model.Name!), model));
        writer.WriteEndArray();
        writer.WriteBoolean("has_more"u8, false);
        writer.WriteString("first_id"u8, listed.Count > 0 ? ModelListTranslator.IdOf(listed[0].Name!) : null);
        writer.WriteString("last_id"u8, listed.Count > 0 ? ModelListTranslator.IdOf(listed[^1].Name!) : null);
        writer.WriteEndObject();
    }

    /// <param name="id">The id in the client's own spelling.</param>
    /// <param name="model">The model that answers for it.</param>
    public static void WriteModel(string id, GeminiModel model, IBufferWriter<byte> output)
    {
        using var writer = new Utf8JsonWriter(output, ChatJson.Options);
        WriteModel(writer, id, model);
    }

    private static void WriteModel(Utf8JsonWriter writer, string id, GeminiModel model)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, "model"u8);
        writer.WriteString("id"u8, id);
        writer.WriteString("display_name"u8, model.DisplayName ?? id);
        writer.WriteString("created_at"u8, Created);
        WriteCount(writer, "max_input_tokens"u8, model.InputTokenLimit);
        WriteCount(writer, "max_tokens"u8, model.OutputTokenLimit);
        writer.WriteEndObject();
    }

    private static void WriteCount(Utf8JsonWriter writer, ReadOnlySpan<byte> name, int? count)
    {
        if (count is { } known)
        {
            writer.WriteNumber(name, known);
        }
        else
        {
            writer.WriteNull(name);
        }
    }
}
