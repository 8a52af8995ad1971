using System.Text.Json;

namespace GeminiBalance.FakeGemini;

/// <summary><c>:embedContent</c> and <c>:batchEmbedContents</c>.</summary>
internal static class Embeddings
{
    private const int BatchMax = 100;
    private const int DimensionsDefault = 3072;
    private const int DimensionsMin = 128;

    public static long PromptTokensOf(JsonElement request) =>
        PromptTokens.OfContent(request.Member("content")) + request.Items("requests").Sum(one => PromptTokens.OfContent(one.Member("content")));

    public static FakeError? Check(JsonElement request, FakeModel model, bool isBatch)
    {
        if (!isBatch)
        {
            return CheckOne(request, model, "EmbedContentRequest", isModelRequired: false);
        }

        var requests = request.Items("requests").ToArray();
        if (requests.Length > BatchMax)
        {
            return FakeError.Invalid($"* BatchEmbedContentsRequest.requests: at most {BatchMax} requests can be in one batch\n");
        }

        return requests.Select((one, index) => CheckOne(one, model, $"BatchEmbedContentsRequest.requests[{index}]", isModelRequired: true)).FirstOrDefault(error => error is not null);
    }

    public static byte[] Answer(JsonElement request, FakeModel model, bool isBatch) => GoogleJson.Pretty(writer =>
    {
        writer.WriteStartObject();
        if (isBatch)
        {
            writer.WriteStartArray("embeddings");
            foreach (var one in request.Items("requests"))
            {
                WriteValues(writer, one, model);
            }

            writer.WriteEndArray();
        }
        else
        {
            writer.WritePropertyName("embedding");
            WriteValues(writer, request, model);
        }

        if (model.Name == "gemini-embedding-2")
        {
            writer.WriteStartObject("usageMetadata");
            writer.WriteNumber("promptTokenCount", PromptTokensOf(request));
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    });

    /// <summary>The same numbers for the same text. Unit length, but for the first generation below its full size, as recorded.</summary>
    public static float[] Vector(string text, int dimensions, FakeModel model)
    {
        var seed = text.Aggregate(17, (hash, c) => unchecked((hash * 31) + c));
        var random = new Random(seed);
        var values = new float[dimensions];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (float)((random.NextDouble() * 2) - 1);
        }

        var target = model.Name == "gemini-embedding-001" && dimensions < DimensionsDefault ? 0.5677f : 1f;
        var scale = target / MathF.Sqrt(values.Sum(value => value * value));
        return Array.ConvertAll(values, value => value * scale);
    }

    private static FakeError? CheckOne(JsonElement one, FakeModel model, string path, bool isModelRequired)
    {
        var named = one.Text("model");
        if ((named is null && isModelRequired) || (named is not null && named != "models/" + model.Name && named != model.Name))
        {
            return FakeError.Invalid($"* {path}.model: unexpected model name format\n");
        }

        if (!one.Member("content").Items("parts").Any())
        {
            return FakeError.Invalid($"* {path}.content: contents is not specified\n");
        }

        return one.Whole("outputDimensionality") is { } size && size is < 1 or > DimensionsDefault
            ? FakeError.Invalid($"* {path}.output_dimensionality: must be between {DimensionsMin} and {DimensionsDefault}\n")
            : null;
    }

    private static void WriteValues(Utf8JsonWriter writer, JsonElement one, FakeModel model)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("values");
        foreach (var value in Vector(NativePrompt.TextOf(one.Member("content")), (int)(one.Whole("outputDimensionality") ?? DimensionsDefault), model))
        {
            writer.WriteNumberValue(value);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
