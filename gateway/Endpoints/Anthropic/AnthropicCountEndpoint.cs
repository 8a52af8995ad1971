using GeminiBalance.Gateway.Authentication;
using GeminiBalance.Gateway.CallLog;
using GeminiBalance.Gateway.Forwarding;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Streaming;
using GeminiBalance.Gateway.Upstream;
using GeminiBalance.Protocol.Anthropic;
using GeminiBalance.Protocol.GeminiToAnthropic;

namespace GeminiBalance.Gateway.Endpoints;

/// <summary>POST <c>messages/count_tokens</c>: what the upstream counts for the same request.</summary>
internal sealed class AnthropicCountEndpoint(AttemptLoop loop, ISettingsSource settings, AnthropicCalls calls)
{
    public async Task HandleAsync(HttpContext context)
    {
        var current = settings.Current;
        using var body = await RequestBody.ReadAsync(context);
        var request = AnthropicRequestReader.Read(body.Written);
        var client = ClientIdentity.Of(context).ClientId;
        var options = await calls.OptionsAsync(request, current, client, context.RequestAborted);
        using var call = AnthropicCalls.Translate(request, options, current, client);
        using var upstream = new PooledBuffer(Limits.StreamChunkBytes, Limits.UpstreamBodyBytesMax);
        TokenCountTranslator.WriteRequest(options.Model, call.Upstream.Body!.Value.Span, upstream);
        using var receiver = new BufferedReceiver(AnswerContract.GeminiOther);
        var result = await loop.RunAsync(CallOf(current, options.Model, upstream, client), receiver, context.RequestAborted);
        if (result.Failure is not null)
        {
            await CallFailureAnswer.WriteAsync(context, Face.Anthropic, result, request.Chat.Model);
            return;
        }

        AnswerHeaders.SetCall(context.Response, result.Attempts, result.KeyId);
        context.Response.ContentType = "application/json";
        TokenCountTranslator.WriteAnswer(receiver.Body.Span, context.Response.BodyWriter);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    // Counting is free of the model's own quota and has one of its own, which the name keeps apart in the pool.
    private static UpstreamCall CallOf(GatewaySettings settings, string model, PooledBuffer body, string clientId) => new()
    {
        Settings = settings,
        Method = HttpMethod.Post,
        Address = UpstreamAddress.Of(settings.BaseUrl, $"models/{model}:countTokens"),
        Body = body.Written,
        ContentType = "application/json",
        Model = $"{model}:countTokens",
        ClientId = clientId,
        Face = CallFace.Anthropic,
    };
}
