using System.Text.Json.Nodes;
using GeminiBalance.Gateway.Authentication;
using GeminiBalance.Gateway.CallLog;
using GeminiBalance.Gateway.Endpoints;
using GeminiBalance.Gateway.Resources;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Streaming;
using GeminiBalance.Gateway.Upstream;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Live;

/// <summary>
/// POST <c>auth_tokens</c>: a key makes a token, and the client gets one of the gateway for it. The upstream's own would open sessions past the
/// gateway, which would count none of them.
/// </summary>
internal sealed class LiveTokensEndpoint(ResourceCreation creation, LiveTokens tokens, ISettingsSource settings, TimeProvider time)
{
    private static readonly ClientError Nameless = new(
        StatusCodes.Status502BadGateway, "UNAVAILABLE", "server_error", "upstream_interrupted", "The upstream's answer names no token.");

    public async Task HandleAsync(HttpContext context)
    {
        var current = settings.Current;
        var client = ClientIdentity.Of(context).ClientId;
        using var body = await RequestBody.ReadAsync(context);
        var asked = LiveTokenRequest.Read(body.Written);
        var call = new UpstreamCall
        {
            Settings = current,
            Method = HttpMethod.Post,
            Address = UpstreamAddress.Of(UpstreamAddress.VersionFor(context.Request.Path, current.BaseUrl), LiveTokens.Collection, context.Request.QueryString.Value),
            Body = body.Written,
            ContentType = context.Request.ContentType,
            ClientHeaders = context.Request.Headers,
            Model = KeyLimitTable.UncountedPrefix + LiveTokens.Collection,
            ClientId = client,
            Face = CallFace.Gemini,
        };
        using var receiver = new BufferedReceiver(AnswerContract.GeminiOther);
        var result = await creation.RunAsync(call, receiver, context.RequestAborted);
        if (result.Failure is not null)
        {
            await CallFailureAnswer.WriteNativeAsync(context, Face.Google, result, call.Model, asArray: false);
            return;
        }

        if (LenientJson.Read(receiver.Body, static root => LenientJson.Text(LenientJson.Member(root, "name"))) is not { Length: > 0 } name)
        {
            throw new ClientErrorException(Nameless);
        }

        var answer = JsonNode.Parse(receiver.Body.Span)!;

        var token = new LiveToken(new Secret(name), result.KeyId!.Value, client, asked.Model);
        answer["name"] = await tokens.KeepAsync(token, asked.ExpiresAt ?? time.GetUtcNow() + Limits.LiveTokenLifetime, CancellationToken.None);
        AnswerHeaders.SetCall(context.Response, result.Attempts, result.KeyId);
        context.Response.ContentType = "application/json; charset=UTF-8";
        await context.Response.WriteAsync(answer.ToJsonString(), context.RequestAborted);
    }
}
