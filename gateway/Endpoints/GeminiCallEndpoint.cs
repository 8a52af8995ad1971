using GeminiBalance.Gateway.Authentication;
using GeminiBalance.Gateway.CallLog;
using GeminiBalance.Gateway.Forwarding;
using GeminiBalance.Gateway.Models;
using GeminiBalance.Gateway.Resources;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Streaming;
using GeminiBalance.Gateway.Upstream;
using GeminiBalance.KeyPool;
using GeminiBalance.Protocol.OpenAIToGemini;

namespace GeminiBalance.Gateway.Endpoints;

/// <summary>POST <c>models/{model}:{method}</c>: any method, known or not, byte for byte but for what a setting or the model's name adds.</summary>
internal sealed class GeminiCallEndpoint(AttemptLoop loop, ResourceExchange exchange, GeminiStreams streams, ISettingsSource settings, ModelNames names)
{
    /// <param name="context">The client's request.</param>
    /// <param name="path">What it names.</param>
    /// <param name="isVertex">Whether it is for Vertex AI in express mode, and the keys of that.</param>
    public async Task HandleAsync(HttpContext context, GeminiPath path, bool isVertex = false)
    {
        var current = settings.Current;
        var isStream = path.Method == "streamGenerateContent";
        var asArray = isStream && !IsEventStream(context.Request.QueryString.Value);
        if (current.FilteredModels.Contains(path.QuotaModel))
        {
            await ErrorAnswers.WriteAsync(context, Face.Google, ClientError.ModelNotFound(path.QuotaModel), asArray);
            return;
        }

        // A stream that is made of a whole answer is one call for that answer.
        var isFaked = isStream && current.Streams.IsFaked;
        var query = isFaked ? AnswerForm.Without(context.Request.QueryString.Value) : context.Request.QueryString.Value;
        using var body = await RequestBody.ReadAsync(context);
        using var native = NativeRequest.Of(path, body.Written, names, current);
        var tokens = PromptTokenEstimator.Estimate(native.Body.Span);
        var call = new UpstreamCall
        {
            Settings = current,
            Method = HttpMethod.Post,
            Address = UpstreamAddress.Of(
                isVertex ? current.Vertex.BaseUrl : UpstreamAddress.VersionFor(context.Request.Path, current.BaseUrl),
                $"{native.Path.Collection}/{native.Path.Model}:{(isFaked ? "generateContent" : path.Method)}",
                query),
            Body = native.Body,
            ContentType = context.Request.ContentType,
            ClientHeaders = context.Request.Headers,
            Model = ModelQuota.Of(native.Path.QuotaModel, path.Method),
            EstimatedTokens = tokens,
            Affinity = ConversationHash.Of(native.Path.QuotaModel, native.Body.Span),
            PrefersKnownKey = ConversationTies.Any(native.Body.Span, tokens),
            ClientId = ClientIdentity.Of(context).ClientId,
            Face = isVertex ? CallFace.Vertex : CallFace.Gemini,
            Needs = isVertex ? KeyRequirement.Vertex : KeyRequirement.None,
            Draws = path.Method != "countTokens" && ImageModels.DrawsOrFilms(native.Path.Model),
            IsStream = isStream,
        };
        if (path.MakesResource)
        {
            await exchange.RunAsync(context, Face.Google, path.IsBatch ? call with { Model = ResourceCollection.Of(ResourceCollection.Batches).Quota, EstimatedTokens = 0 } : call);
            return;
        }

        if (isStream)
        {
            await streams.RunAsync(context, call, asArray);
            return;
        }

        var contract = path.Method == "generateContent" ? AnswerContract.GeminiChat : AnswerContract.GeminiOther;
        await NativeExchange.RunAsync(context, Face.Google, loop, call, contract, isStream, asArray);
    }

    private static bool IsEventStream(string? query) => query?.Contains("alt=sse", StringComparison.OrdinalIgnoreCase) == true;
}
