namespace GeminiBalance.Gateway.Endpoints;

/// <summary>What speaks and what listens.</summary>
internal sealed class AudioEndpoints(SpeechEndpoint speech)
{
    public void Map(IEndpointRouteBuilder routes, string prefix) => routes.MapFace(Face.OpenAI, prefix + "/audio/speech", post: speech.HandleAsync);
}
