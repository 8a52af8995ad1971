using GeminiBalance.Gateway.Authentication;
using GeminiBalance.Gateway.Endpoints;
using GeminiBalance.Gateway.Media;
using GeminiBalance.Gateway.Models;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Protocol;
using GeminiBalance.Protocol.OpenAIToGemini;
using GeminiBalance.Protocol.ResponsesApi;

namespace GeminiBalance.Gateway.Responses;

/// <summary>POST <c>responses</c>: read as a chat, through the attempt loop, and back as items and their events.</summary>
internal sealed class ResponsesEndpoint(
    ISettingsSource settings, ModelNames names, RequestMedia media, ThoughtSignatures signatures, ResponseKeeper keeper, ResponsesRun run)
{
    public async Task HandleAsync(HttpContext context)
    {
        var current = settings.Current;
        using var body = await RequestBody.ReadAsync(context);
        var request = ResponsesRequestReader.Read(body.Written);
        var defaults = ChatDefaults.Translation(names.Parse(request.Model, current), current);
        var client = ClientIdentity.Of(context).ClientId;
        var conversation = await keeper.LoadAsync(client, request, context.RequestAborted);
        var chat = request.ToChat(conversation.Items, defaults.Model);
        try
        {
            await AnswerAsync(context, new ResponsesCall(request, conversation, client), chat, defaults, current);
        }
        catch (TranslationException fault)
        {
            throw chat.Rename(fault);
        }
    }

    private async Task AnswerAsync(HttpContext context, ResponsesCall asked, ResponsesChat chat, ChatTranslationOptions defaults, GatewaySettings current)
    {
        var options = defaults with
        {
            Media = await media.FetchAsync(chat.Request, context.RequestAborted),
            Signatures = signatures.Of(asked.Client),
        };
        using var call = new ChatCall(chat.Request, options, current, asked.Client);
        var result = await run.AnswerAsync(context, call, asked);
        if (result.Failure is { } failure && !context.Response.HasStarted && ChatRelaxation.Of(chat.Request, options, failure) is { } relaxed)
        {
            using var again = new ChatCall(chat.Request, relaxed, current, asked.Client);
            result = await run.AnswerAsync(context, again, asked);
        }

        if (result.Failure is not null && !context.RequestAborted.IsCancellationRequested)
        {
            await CallFailureAnswer.WriteAsync(context, Face.OpenAI, result, asked.Request.Model);
        }
    }
}
