using GeminiBalance.Gateway.Endpoints;
using GeminiBalance.Gateway.Models;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Protocol.OpenAI;
using GeminiBalance.Protocol.OpenAIToGemini;

namespace GeminiBalance.Gateway.Resources;

/// <summary>Requests of <c>/v1/embeddings</c>: the upstream's have one text each, so a line becomes as many as it has texts.</summary>
internal sealed class EmbeddingBatchRequests(GatewaySettings settings, ModelNames names) : IBatchRequests
{
    public ValueTask<BatchLine> TranslateAsync(string id, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var request = OpenAIRequestReader.ReadEmbeddings(body);
        var requests = EmbeddingsRequestTranslator.TranslateEach(request).Select((one, index) =>
            (new EmbeddingKey(id, index, request.Inputs.Count, TextTokens.Estimate(request.Inputs[index]), request.Base64).ToString(), one.ToUtf8Bytes()));
        var requested = request.Model ?? settings.Models.Embedding;
        return new(new BatchLine(requested, OpenAIModelNames.Resolve(names, requested, settings.Models.Embedding, settings).Model, [.. requests]));
    }
}
