using GeminiBalance.Gateway.Egress;
using GeminiBalance.Gateway.Media;
using GeminiBalance.Gateway.Models;
using GeminiBalance.Gateway.Streaming;

namespace GeminiBalance.Gateway.Endpoints;

/// <summary>Registers and maps the faces.</summary>
internal static class FaceServices
{
    public static IServiceCollection AddFaces(this IServiceCollection services) => services
        .AddModels()
        .AddSingleton<UpstreamPages>()
        .AddSingleton<GeminiCallEndpoint>()
        .AddSingleton<Continuations>()
        .AddSingleton<ChatStreams>()
        .AddSingleton<TokenCounter>()
        .AddSingleton<GeminiStreams>()
        .AddSingleton<GeminiModelsEndpoint>()
        .AddSingleton<GeminiEndpoints>()
        .AddSingleton<OpenAIModelsEndpoint>()
        .AddSingleton<OpenAIForwardEndpoint>()
        .AddSingleton<ChatCompletionsEndpoint>()
        .AddSingleton<EmbeddingsEndpoint>()
        .AddSingleton<CompletionsEndpoint>()
        .AddSingleton(provider => Ffmpeg.Find(provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<SpeechEndpoint>()
        .AddSingleton<TranscriptionEndpoint>()
        .AddSingleton<AudioEndpoints>()
        .AddAnthropicFace()
        .AddSingleton(AnswerIds.Secret)
        .AddSingleton<ISharedSignatures, NoSharedSignatures>()
        .AddSingleton(provider => new ThoughtSignatures(provider.GetRequiredService<ISharedSignatures>()))
        .AddSingleton(provider => new RemoteMediaOptions { Connect = provider.GetRequiredService<IEgress>().ConnectAsync })
        .AddSingleton<RemoteMediaFetcher>()
        .AddSingleton<RequestMedia>()
        .AddSingleton<OpenAIEndpoints>();

    public static void MapOpenAIFaces(this WebApplication app) => app.Services.GetRequiredService<OpenAIEndpoints>().Map(app);

    public static void MapGeminiFace(this WebApplication app) => app.Services.GetRequiredService<GeminiEndpoints>().Map(app);

    /// <summary>Tells a person with a browser where they are, and clients that ask with HEAD that there is somebody.</summary>
    public static void MapHint(this WebApplication app) => app.MapMethods(
        "/", ["GET", "HEAD"], context => context.Response.WriteAsync("GeminiBalance.Cluster. OpenAI and Anthropic clients: /v1. Gemini clients: /v1beta.\n", context.RequestAborted));
}
