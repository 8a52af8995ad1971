using GeminiBalance.Gateway.Forwarding;
using GeminiBalance.Gateway.Streaming;
using GeminiBalance.Gateway.Upstream;
using GeminiBalance.Protocol.Gemini;

namespace GeminiBalance.Gateway.Endpoints;

/// <summary>Has the upstream count the input tokens of a request, and tells the client.</summary>
internal sealed class TokenCounter(AttemptLoop loop)
{
    /// <param name="context">The client's request.</param>
    /// <param name="call">The request as it would be sent for an answer.</param>
    /// <param name="kind">What the client's protocol calls the answer; null for nothing.</param>
    public async Task<CallResult> CountAsync(HttpContext context, ChatCall call, string? kind)
    {
        var asked = call.Upstream;
        using var body = new PooledBuffer(Limits.StreamChunkBytes, Limits.UpstreamBodyBytesMax);
        TokenCountTranslator.WriteRequest(asked.Model, asked.Body!.Value.Span, body);
        using var receiver = new BufferedReceiver(AnswerContract.GeminiOther);
        var result = await loop.RunAsync(CallOf(asked, body), receiver, context.RequestAborted);
        if (result.Failure is null)
        {
            AnswerHeaders.SetCall(context.Response, result.Attempts, result.KeyId);
            context.Response.ContentType = "application/json";
            TokenCountTranslator.WriteAnswer(receiver.Body.Span, kind, context.Response.BodyWriter);
            await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
        }

        return result;
    }

    private static UpstreamCall CallOf(UpstreamCall asked, PooledBuffer body) => new()
    {
        Settings = asked.Settings,
        Method = HttpMethod.Post,
        Address = UpstreamAddress.Of(asked.Settings.BaseUrl, $"models/{asked.Model}:countTokens"),
        Body = body.Written,
        ContentType = "application/json",
        Model = ModelQuota.Of(asked.Model, "countTokens"),
        ClientId = asked.ClientId,
        Face = asked.Face,
    };
}
