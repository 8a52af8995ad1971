using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Protocol.OpenAIToGemini;

/// <summary>A request for embeddings to upstream calls of at most 100 texts.</summary>
public static class EmbeddingsRequestTranslator
{
    /// <param name="model">The upstream's model, after <see cref="ModelName.Normalize"/>.</param>
    /// <returns>Bodies whose answers, one behind the other, are the answer.</returns>
    public static IReadOnlyList<BatchEmbedContentsRequest> Translate(EmbeddingsRequest request, string model)
    {
        var upstream = "models/" + model;
        return [.. request.Inputs.Chunk(RequestLimits.EmbeddingBatchMax).Select(texts => new BatchEmbedContentsRequest { Requests = [.. texts.Select(text => Of(text, request, upstream))] })];
    }

    /// <summary>A request for each text, as lines of a batch are, which names the model itself.</summary>
    public static IEnumerable<EmbedContentRequest> TranslateEach(EmbeddingsRequest request) => request.Inputs.Select(text => Of(text, request, model: null));

    private static EmbedContentRequest Of(string text, EmbeddingsRequest request, string? model) => new()
    {
        Model = model,
        Content = new GeminiContent { Parts = [new GeminiPart { Text = text }] },
        TaskType = request.TaskType,
        OutputDimensionality = request.Dimensions ?? OpenAIDimensions(request.Model),
    };

    // Whoever asks for one of OpenAI's models has a store of vectors of its length.
    private static int? OpenAIDimensions(string? model) => model switch
    {
        "text-embedding-3-small" or "text-embedding-ada-002" => 1_536,
        "text-embedding-3-large" => 3_072,
        _ => null,
    };
}
