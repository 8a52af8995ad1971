using GeminiBalance.Gateway.Authentication;
using GeminiBalance.Gateway.CallLog;
using GeminiBalance.Gateway.Forwarding;
using GeminiBalance.Gateway.Models;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Streaming;
using GeminiBalance.Gateway.Upstream;
using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.GeminiToOpenAI;
using GeminiBalance.Protocol.OpenAI;
using GeminiBalance.Protocol.OpenAIToGemini;

namespace GeminiBalance.Gateway.Endpoints;

/// <summary>POST <c>embeddings</c>: one upstream call and one lease per batch, merged in order.</summary>
internal sealed class EmbeddingsEndpoint(AttemptLoop loop, ISettingsSource settings, ModelNames names)
{
    public async Task HandleAsync(HttpContext context)
    {
        var current = settings.Current;
        using var body = await RequestBody.ReadAsync(context);
        var request = OpenAIRequestReader.ReadEmbeddings(body.Written);
        var requested = request.Model ?? current.Models.Embedding;
        var model = OpenAIModelNames.Resolve(names, requested, current.Models.Embedding, current).Model;
        var answers = new List<EmbeddingsAnswer>();
        long estimated = 0;
        CallResult result = default;
        foreach (var batch in EmbeddingsRequestTranslator.Translate(request, model))
        {
            using var upstream = new PooledBuffer(Limits.StreamChunkBytes, Limits.UpstreamBodyBytesMax);
            batch.WriteTo(upstream);
            var call = CallOf(current, model, upstream, ClientIdentity.Of(context).ClientId);
            estimated += TextTokens.Estimate(batch);
            var receiver = new EmbeddingsReceiver(batch.Requests.Count);
            result = await loop.RunAsync(call, receiver, context.RequestAborted);
            if (result.Failure is not null)
            {
                await CallFailureAnswer.WriteAsync(context, Face.OpenAI, result, requested);
                return;
            }

            answers.Add(receiver.Answer!);
        }

        AnswerHeaders.SetCall(context.Response, result.Attempts, result.KeyId);
        context.Response.ContentType = "application/json";
        var answer = new EmbeddingsAnswerContext
        {
            RequestedModel = requested, UpstreamModel = model, AsBase64 = request.Base64, EstimatedTokens = estimated,
        };
        EmbeddingsResponseTranslator.Write(answers, answer, context.Response.BodyWriter);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    private static UpstreamCall CallOf(GatewaySettings settings, string model, PooledBuffer body, string clientId) => new()
    {
        Settings = settings,
        Method = HttpMethod.Post,
        Address = UpstreamAddress.Of(settings.BaseUrl, $"models/{model}:batchEmbedContents"),
        Body = body.Written,
        ContentType = "application/json",
        Model = model,
        EstimatedTokens = PromptTokenEstimator.Estimate(body.Written.Span),
        ClientId = clientId,
        Face = CallFace.OpenAI,
    };
}
