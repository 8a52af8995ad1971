using GeminiBalance.Gateway.Authentication;
using GeminiBalance.Gateway.Endpoints;
using GeminiBalance.Gateway.Media;
using GeminiBalance.Gateway.Models;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Protocol;
using GeminiBalance.Protocol.OpenAIToGemini;
using GeminiBalance.Protocol.ResponsesApi;

namespace GeminiBalance.Gateway.Responses;

/// <summary>POST <c>responses</c>: read as a chat, through the attempt loop, and back as items and their events. POST <c>responses/input_tokens</c> only counts.</summary>
internal sealed class ResponsesEndpoint(
    ISettingsSource settings, ModelNames names, RequestMedia media, ThoughtSignatures signatures, ResponseKeeper keeper, ResponsesRun run, BackgroundResponses background,
    TokenCounter counter)
{
    private delegate Task Serving(HttpContext context, ResponsesCall asked, ResponsesChat chat, ChatTranslationOptions defaults, GatewaySettings current);

    public Task AnswerAsync(HttpContext context) => ServeAsync(context, AnswerAsync);

    public Task CountAsync(HttpContext context) => ServeAsync(context, CountAsync);

    private async Task ServeAsync(HttpContext context, Serving serve)
    {
        var current = settings.Current;
        using var body = await RequestBody.ReadAsync(context);
        var request = ResponsesRequestReader.Read(body.Written);
        if (request.Background)
        {
            // Its slices outlast this request.
            request = ResponsesRequestReader.Read(body.Written.ToArray());
        }

        var defaults = ChatDefaults.Translation(names.Parse(request.Model, current), current);
        var client = ClientIdentity.Of(context).ClientId;
        var conversation = await keeper.LoadAsync(client, request, context.RequestAborted);
        var chat = request.ToChat(conversation.Items, defaults.Model);
        try
        {
            await serve(context, new ResponsesCall(request, conversation, client) { Bytes = body.Written.Length }, chat, defaults, current);
        }
        catch (TranslationException fault)
        {
            throw chat.Rename(fault);
        }
    }

    private async Task AnswerAsync(HttpContext context, ResponsesCall asked, ResponsesChat chat, ChatTranslationOptions defaults, GatewaySettings current)
    {
        var options = await OptionsAsync(context, asked, chat, defaults);
        if (asked.Request.Background)
        {
            await background.StartAsync(context, asked, chat, options, current);
            return;
        }

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

    private async Task CountAsync(HttpContext context, ResponsesCall asked, ResponsesChat chat, ChatTranslationOptions defaults, GatewaySettings current)
    {
        using var call = new ChatCall(chat.Request, await OptionsAsync(context, asked, chat, defaults), current, asked.Client);
        var result = await counter.CountAsync(context, call, "response.input_tokens");
        if (result.Failure is not null && !context.RequestAborted.IsCancellationRequested)
        {
            await CallFailureAnswer.WriteAsync(context, Face.OpenAI, result, asked.Request.Model);
        }
    }

    private async ValueTask<ChatTranslationOptions> OptionsAsync(HttpContext context, ResponsesCall asked, ResponsesChat chat, ChatTranslationOptions defaults) => defaults with
    {
        Media = await media.FetchAsync(chat.Request, context.RequestAborted),
        Signatures = await signatures.Of(asked.Client).ForAsync(chat.Request, context.RequestAborted),
    };
}
