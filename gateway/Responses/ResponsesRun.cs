using GeminiBalance.Gateway.Endpoints;
using GeminiBalance.Gateway.Forwarding;
using GeminiBalance.Gateway.Streaming;
using GeminiBalance.Protocol.GeminiToOpenAI;
using GeminiBalance.Protocol.ResponsesApi;

namespace GeminiBalance.Gateway.Responses;

/// <summary>Sends one call and answers with its response, whole or as events.</summary>
internal sealed class ResponsesRun(AttemptLoop loop, ResponseKeeper keeper, ThoughtSignatures signatures, AnswerIds ids, TimeProvider time, ChatStreams streams)
{
    public Task<CallResult> AnswerAsync(HttpContext context, ChatCall call, ResponsesCall asked)
    {
        var answer = new ChatAnswerContext
        {
            AnswerId = ids.Next(),
            Created = time.GetUtcNow().ToUnixTimeSeconds(),
            RequestedModel = asked.Request.Model,
            AllowsParallelToolCalls = call.Request.ParallelToolCalls,
            ToolNames = call.Translated.ToolNames,
            CustomTools = call.Translated.CustomTools,
            Signatures = signatures.Of(asked.Client),
        };
        var answerContext = new ResponsesAnswerContext(answer, asked.Request, keeper.Keeps(asked.Request));
        return asked.Request.Stream ? StreamAsync(context, call, asked, answerContext) : WholeAsync(context, call, asked, answerContext);
    }

    private async Task<CallResult> WholeAsync(HttpContext context, ChatCall call, ResponsesCall asked, ResponsesAnswerContext answer)
    {
        var receiver = new ChatReceiver();
        var result = await loop.RunAsync(call.Upstream, receiver, context.RequestAborted);
        if (result.Failure is not null)
        {
            return result;
        }

        var response = ResponsesAnswer.Of(receiver.Answer!, answer, time.GetUtcNow().ToUnixTimeSeconds());
        var isStored = await TryKeepAsync(asked, answer, response);
        AnswerHeaders.SetCall(context.Response, result.Attempts, result.KeyId);
        context.Response.ContentType = "application/json";
        response.WriteTo(context.Response.BodyWriter, isStored);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
        return result;
    }

    private async Task<CallResult> StreamAsync(HttpContext context, ChatCall call, ResponsesCall asked, ResponsesAnswerContext answer)
    {
        var writer = streams.NewWriter(context, call.Upstream.Settings);
        var translator = new ResponsesStreamTranslator(answer);
        var end = await streams.RunAsync(writer, call.Upstream, () => translator = new ResponsesStreamTranslator(answer), writeDone: true);
        if (end.Result.Failure is { } failure)
        {
            if (writer.HasStarted && !context.RequestAborted.IsCancellationRequested)
            {
                var error = end.Error ?? CallFailureAnswer.Explain(failure, answer.Request.Model);
                translator.WriteFailure(error.OpenAI, writer.Output);
                await writer.BreakOffAsync();
            }

            return end.Result;
        }

        // Stored before its last event: a client may go on with it as soon as it has that.
        var response = translator.End(time.GetUtcNow().ToUnixTimeSeconds());
        translator.WriteEnd(response, await TryKeepAsync(asked, answer, response), writer.Output);
        await writer.FlushAsync();
        return end.Result;
    }

    private ValueTask<bool> TryKeepAsync(ResponsesCall asked, ResponsesAnswerContext answer, ResponsesAnswer response) =>
        answer.IsStored ? keeper.TryKeepAsync(asked.Client, answer, asked.Conversation, response) : new(false);
}
