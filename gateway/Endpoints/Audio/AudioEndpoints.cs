namespace GeminiBalance.Gateway.Endpoints;

/// <summary>What speaks and what listens.</summary>
internal sealed class AudioEndpoints(SpeechEndpoint speech, TranscriptionEndpoint transcription)
{
    public void Map(IEndpointRouteBuilder routes, string prefix)
    {
        routes.MapFace(Face.OpenAI, prefix + "/audio/speech", post: speech.HandleAsync);
        routes.MapFace(Face.OpenAI, prefix + "/audio/transcriptions", post: transcription.TranscribeAsync);
        routes.MapFace(Face.OpenAI, prefix + "/audio/translations", post: transcription.TranslateAsync);
    }
}
