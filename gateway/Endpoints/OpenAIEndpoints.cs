using GeminiBalance.Gateway.Images;
using GeminiBalance.Gateway.Resources;

namespace GeminiBalance.Gateway.Endpoints;

/// <summary>OpenAI's API, translated; and Google's own OpenAI-compatible endpoint, forwarded.</summary>
internal sealed class OpenAIEndpoints(
    OpenAIModelsEndpoint models, ChatCompletionsEndpoint chat, EmbeddingsEndpoint embeddings, CompletionsEndpoint completions, AudioEndpoints audio, OpenAIForwardEndpoint forward,
    GeminiEndpoints gemini, ImagesEndpoint images, OpenAIFilesEndpoint files, OpenAIBatchesEndpoint batches)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        foreach (var prefix in (ReadOnlySpan<string>)["/v1", "/hf/v1"])
        {
            routes.MapFace(Face.OpenAI, prefix + "/models", get: models.ListAsync);
            routes.MapFace(Face.OpenAI, prefix + "/chat/completions", post: chat.HandleAsync);
            routes.MapFace(Face.OpenAI, prefix + "/embeddings", post: embeddings.HandleAsync);
            routes.MapFace(Face.OpenAI, prefix + "/completions", post: completions.HandleAsync);
            audio.Map(routes, prefix);
            routes.MapFace(Face.OpenAI, prefix + "/images/generations", post: images.GenerateAsync);
            routes.MapFace(Face.OpenAI, prefix + "/images/edits", post: images.EditAsync);
            routes.MapFace(Face.OpenAI, prefix + "/images/variations", post: images.VaryAsync);
            files.Map(routes, prefix);
            batches.Map(routes, prefix);
            routes.MapUnknown(Face.OpenAI, prefix);
        }

        routes.MapFace(Face.OpenAI, "/hf/v1/models/{**path}", get: models.GetAsync);

        // Clients of Google's API that are told the version "v1" call models here, so POST speaks the other dialect.
        routes.MapFaces(Face.OpenAI, Face.Google, "/v1/models/{**path}", get: models.GetAsync, post: gemini.PostAsync);
        routes.MapFace(Face.OpenAI, "/openai/v1/{**path}", get: forward.HandleAsync, post: forward.HandleAsync);
    }
}
