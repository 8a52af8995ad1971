using GeminiBalance.Gateway.CallLog;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Upstream;
using GeminiBalance.Protocol.OpenAI;
using GeminiBalance.Protocol.OpenAIToGemini;

namespace GeminiBalance.Gateway.Endpoints;

/// <summary>A chat request in Gemini's terms, ready to send as often as its answer needs. Owns the body's memory.</summary>
internal sealed class ChatCall : IDisposable
{
    private readonly PooledBuffer body;

    public ChatCall(ChatCompletionRequest request, ChatTranslationOptions options, GatewaySettings settings, string clientId, CallFace face = CallFace.OpenAI)
    {
        Request = request;
        Translated = ChatRequestTranslator.Translate(request, options);

        // Pictures fetched for the request come on top of what the client sent.
        body = new PooledBuffer(Limits.StreamChunkBytes, Limits.UpstreamBodyBytesMax);
        Translated.WriteTo(body);
        var tokens = PromptTokenEstimator.Estimate(body.Written.Span);
        var method = request.Stream && !settings.Streams.IsFaked ? "streamGenerateContent?alt=sse" : "generateContent";
        Upstream = new UpstreamCall
        {
            Settings = settings,
            Method = HttpMethod.Post,
            Address = UpstreamAddress.Of(settings.BaseUrl, $"models/{options.Model}:{method}"),
            Body = body.Written,
            ContentType = "application/json",
            Model = options.Model,
            EstimatedTokens = tokens,
            ClientId = clientId,
            Face = face,
            IsStream = request.Stream,
            Draws = ImageModels.DrawsOrFilms(options.Model),
            Affinity = ConversationHash.Of(options.Model, body.Written.Span),
            PrefersKnownKey = ConversationTies.Any(body.Written.Span, tokens),
        };
    }

    public ChatCompletionRequest Request { get; }

    public TranslatedChat Translated { get; }

    public UpstreamCall Upstream { get; }

    public void Dispose() => body.Dispose();
}
