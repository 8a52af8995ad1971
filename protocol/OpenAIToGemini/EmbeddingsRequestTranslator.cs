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
        var dimensions = request.Dimensions ?? OpenAIDimensions(request.Model);
        return
        [
            .. request.Inputs.Chunk(RequestLimits.EmbeddingBatchMax).Select(texts => new BatchEmbedContentsRequest
            {
                Requests =
                [
                    .. texts.Select(text => new EmbedContentRequest
                    {
                        Model = upstream,
                        Content = new GeminiContent { Parts = [new GeminiPart { Text = text }] },
                        TaskType = request.TaskType,
                        OutputDimensionality = dimensions,
                    }),
                ],
            }),
        ];
    }

    // Whoever asks for one of OpenAI's models has a store of vectors of its length.
    private static int? OpenAIDimensions(string model) => model switch
    {
        "text-embedding-3-small" or "text-embedding-ada-002" => 1_536,
        "text-embedding-3-large" => 3_072,
        _ => null,
    };
}
