namespace GeminiBalance.Gateway.Endpoints;

/// <summary>Anthropic's API, translated, for Claude Code and everything that speaks like it.</summary>
internal sealed class AnthropicEndpoints(AnthropicMessagesEndpoint messages, AnthropicCountEndpoint counts, AnthropicModelsEndpoint models)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        foreach (var prefix in (ReadOnlySpan<string>)["/v1", "/anthropic/v1"])
        {
            routes.MapFace(Face.Anthropic, prefix + "/messages", post: messages.HandleAsync);
            routes.MapFace(Face.Anthropic, prefix + "/messages/count_tokens", post: counts.HandleAsync);
        }

        routes.MapFace(Face.Anthropic, "/anthropic/v1/models", get: models.ListAsync);
        routes.MapFace(Face.Anthropic, "/anthropic/v1/models/{**path}", get: models.GetAsync);
        routes.MapUnknown(Face.Anthropic, "/anthropic");
        routes.MapUnknown(Face.Anthropic, "/v1/messages");
    }
}
