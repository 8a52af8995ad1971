using GeminiBalance.Gateway.Authentication;
using GeminiBalance.Gateway.Forwarding;
using GeminiBalance.Gateway.Images;
using GeminiBalance.Gateway.Media;
using GeminiBalance.Gateway.Models;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Streaming;
using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.GeminiToOpenAI;
using GeminiBalance.Protocol.OpenAI;
using GeminiBalance.Protocol.OpenAIToGemini;

namespace GeminiBalance.Gateway.Endpoints;

/// <summary>POST <c>chat/completions</c>: to Gemini's terms, through the attempt loop, and back.</summary>
internal sealed class ChatCompletionsEndpoint(
    AttemptLoop loop, ISettingsSource settings, ModelNames names, RequestMedia media, ThoughtSignatures signatures, AnswerIds ids, TimeProvider time,
    ImagenChat imagen, AnswerPictures pictures, DrawnPictures drawn, ChatStreams streams)
{
    public async Task HandleAsync(HttpContext context)
    {
        var current = settings.Current;
        var client = ClientIdentity.Of(context).ClientId;
        using var body = await RequestBody.ReadAsync(context);
        var request = OpenAIRequestReader.ReadChat(body.Written);
        var model = ImagenChat.Resolve(names.Parse(request.Model, current), current);
        if (ImageModels.IsImagen(model.Model))
        {
            await imagen.AnswerAsync(context, request, model.Model, current, ContextOf(request, current, client));
            return;
        }

        var fetched = await media.FetchAsync(request, context.RequestAborted);
        var options = ChatDefaults.Translation(model, current) with
        {
            Media = ImageModels.Draws(model.Model) || model.Features.Image ? await drawn.AddAsync(fetched, request, current, context.RequestAborted) : fetched,
            Signatures = await signatures.Of(client).ForAsync(request, context.RequestAborted),
        };
        using var call = new ChatCall(request, options, current, client);
        var result = await AnswerAsync(context, call);
        if (result.Failure is { } failure && !context.Response.HasStarted && ChatRelaxation.Of(request, options, failure) is { } relaxed)
        {
            using var again = new ChatCall(request, relaxed, current, client);
            result = await AnswerAsync(context, again);
        }

        if (result.Failure is not null && !context.RequestAborted.IsCancellationRequested)
        {
            await CallFailureAnswer.WriteAsync(context, Face.OpenAI, result, request.Model);
        }
    }

    private Task<CallResult> AnswerAsync(HttpContext context, ChatCall call)
    {
        var answer = ContextOf(call.Request, call.Upstream.Settings, ClientIdentity.Of(context).ClientId) with
        {
            ToolNames = call.Translated.ToolNames,
            CustomTools = call.Translated.CustomTools,
            ShowsSources = call.Translated.ShowsSources,
        };
        return call.Request.Stream ? StreamAsync(context, call, answer) : WholeAsync(context, call, answer);
    }

    private ChatAnswerContext ContextOf(ChatCompletionRequest request, GatewaySettings current, string client) => new()
    {
        AnswerId = ids.Next(),
        Created = time.GetUtcNow().ToUnixTimeSeconds(),
        RequestedModel = request.Model,
        IncludeUsage = request.StreamOptions?.IncludeUsage ?? false,
        UsesLegacyFunctions = request.UsesLegacyFunctions,
        AllowsParallelToolCalls = request.ParallelToolCalls,
        ImagesAsMarkdown = current.Images.ChatImagesAsMarkdown,
        AudioFormat = request.Audio?.Format,
        Signatures = signatures.Of(client),
    };

    private async Task<CallResult> WholeAsync(HttpContext context, ChatCall call, ChatAnswerContext answer)
    {
        var answers = new List<GenerateContentResponse>(call.Translated.Calls);
        CallResult result = default;
        for (var i = 0; i < call.Translated.Calls; i++)
        {
            var receiver = new ChatReceiver();
            result = await loop.RunAsync(call.Upstream, receiver, context.RequestAborted);
            if (result.Failure is not null)
            {
                return result;
            }

            answers.Add(receiver.Answer!);
        }

        if (pictures.For(context, call.Upstream.Settings) is { } keep)
        {
            foreach (var whole in answers)
            {
                await keep(whole);
            }
        }

        AnswerHeaders.SetCall(context.Response, result.Attempts, result.KeyId);
        context.Response.ContentType = "application/json";
        ChatResponseTranslator.Write(answers, answer, context.Response.BodyWriter);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
        return result;
    }

    private async Task<CallResult> StreamAsync(HttpContext context, ChatCall call, ChatAnswerContext answer)
    {
        var writer = streams.NewWriter(context, call.Upstream.Settings);
        var keep = pictures.For(context, call.Upstream.Settings);
        var usages = new List<UsageMetadata>(call.Translated.Calls);
        CallResult result = default;
        for (var i = 0; i < call.Translated.Calls; i++)
        {
            var choice = answer with { FirstChoice = i };
            var end = await streams.RunAsync(writer, call.Upstream, () => new ChatStreamTranslator(choice), writeDone: call.Translated.Calls == 1, keep);
            result = end.Result;
            if (result.Failure is { } failure)
            {
                if (writer.HasStarted)
                {
                    await writer.InterruptAsync(end.Error ?? CallFailureAnswer.Explain(failure, call.Request.Model));
                }

                return result;
            }

            if (end.Usage is { } usage)
            {
                usages.Add(usage);
            }
        }

        if (call.Translated.Calls > 1)
        {
            ChatStreamTranslator.WriteEnd(answer, usages, writer.Output);
            await writer.FlushAsync();
        }

        return result;
    }
}
