using GeminiBalance.Gateway.Authentication;
using GeminiBalance.Gateway.Forwarding;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Streaming;
using GeminiBalance.Protocol.Anthropic;
using GeminiBalance.Protocol.GeminiToAnthropic;

namespace GeminiBalance.Gateway.Endpoints;

/// <summary>POST <c>messages</c>: to Gemini's terms, through the attempt loop, and back.</summary>
internal sealed class AnthropicMessagesEndpoint(
    AttemptLoop loop, ISettingsSource settings, AnthropicCalls calls, ThoughtSignatures signatures, AnswerIds ids, ChatStreams streams)
{
    public async Task HandleAsync(HttpContext context)
    {
        var current = settings.Current;
        using var body = await RequestBody.ReadAsync(context);
        var request = AnthropicRequestReader.Read(body.Written);
        var client = ClientIdentity.Of(context).ClientId;
        var options = await calls.OptionsAsync(request, current, client, context.RequestAborted);
        using var call = AnthropicCalls.Translate(request, options, current, client);
        var result = await AnswerAsync(context, call, request, client);
        if (result.Failure is { } failure && !context.Response.HasStarted && ChatRelaxation.Of(request.Chat, options, failure) is { } relaxed)
        {
            using var again = AnthropicCalls.Translate(request, relaxed, current, client);
            result = await AnswerAsync(context, again, request, client);
        }

        if (result.Failure is not null && !context.RequestAborted.IsCancellationRequested)
        {
            await CallFailureAnswer.WriteAsync(context, Face.Anthropic, result, request.Chat.Model);
        }
    }

    private Task<CallResult> AnswerAsync(HttpContext context, ChatCall call, AnthropicRequest request, string client)
    {
        var answer = new MessageAnswerContext
        {
            AnswerId = ids.Next(),
            RequestedModel = request.Chat.Model,
            WithThinking = request.WithThinking,
            AllowsParallelToolCalls = request.Chat.ParallelToolCalls,
            ToolNames = call.Translated.ToolNames,
            Signatures = signatures.Of(client),
        };
        return request.Chat.Stream ? StreamAsync(context, call, answer) : WholeAsync(context, call, answer);
    }

    private async Task<CallResult> WholeAsync(HttpContext context, ChatCall call, MessageAnswerContext answer)
    {
        var receiver = new ChatReceiver();
        var result = await loop.RunAsync(call.Upstream, receiver, context.RequestAborted);
        if (result.Failure is null)
        {
            AnswerHeaders.SetCall(context.Response, result.Attempts, result.KeyId);
            context.Response.ContentType = "application/json";
            MessageResponseTranslator.Write(receiver.Answer!, answer, context.Response.BodyWriter);
            await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
        }

        return result;
    }

    private async Task<CallResult> StreamAsync(HttpContext context, ChatCall call, MessageAnswerContext answer)
    {
        var writer = streams.NewWriter(context, call.Upstream.Settings, Face.Anthropic);
        var end = await streams.RunAsync(writer, call.Upstream, () => new MessageStreamTranslator(answer), writeDone: true);
        if (end.Result.Failure is { } failure && writer.HasStarted)
        {
            await writer.InterruptAsync(end.Error ?? CallFailureAnswer.Explain(failure, answer.RequestedModel));
        }

        return end.Result;
    }
}
