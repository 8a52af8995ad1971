using GeminiBalance.Gateway.Authentication;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Protocol.Anthropic;

namespace GeminiBalance.Gateway.Endpoints;

/// <summary>POST <c>messages/count_tokens</c>: what the upstream counts for the same request.</summary>
internal sealed class AnthropicCountEndpoint(TokenCounter counter, ISettingsSource settings, AnthropicCalls calls)
{
    public async Task HandleAsync(HttpContext context)
    {
        var current = settings.Current;
        using var body = await RequestBody.ReadAsync(context);
        var request = AnthropicRequestReader.Read(body.Written);
        var client = ClientIdentity.Of(context).ClientId;
        var options = await calls.OptionsAsync(request, current, client, context.RequestAborted);
        using var call = AnthropicCalls.Translate(request, options, current, client);
        var result = await counter.CountAsync(context, call, kind: null);
        if (result.Failure is not null)
        {
            await CallFailureAnswer.WriteAsync(context, Face.Anthropic, result, request.Chat.Model);
        }
    }
}
