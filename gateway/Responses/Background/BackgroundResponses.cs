using GeminiBalance.Gateway.Endpoints;
using GeminiBalance.Gateway.Forwarding;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Streaming;
using GeminiBalance.Protocol.GeminiToOpenAI;
using GeminiBalance.Protocol.OpenAIToGemini;
using GeminiBalance.Protocol.ResponsesApi;

namespace GeminiBalance.Gateway.Responses;

/// <summary>Answers at once with a response that is to be made, and makes it. Whoever asks for it later finds it in the store, at any gateway.</summary>
internal sealed class BackgroundResponses(BackgroundRuns runs, BackgroundRows rows, ResponseKeeper keeper, AttemptLoop loop, ThoughtSignatures signatures, AnswerIds ids, TimeProvider time)
{
    private static readonly OpenAIError Stopped = new(
        StatusCodes.Status503ServiceUnavailable, "The gateway was stopped, or the response took too long, before it was done. Ask again.", "server_error");

    private static readonly OpenAIError TooLarge = new(StatusCodes.Status500InternalServerError, "The response is larger than what is kept. Ask without background.", "server_error");

    /// <param name="context">The client's request.</param>
    /// <param name="asked">What it asks; its bytes must outlast the request.</param>
    /// <param name="chat">The same as a chat.</param>
    /// <param name="options">Model and media.</param>
    /// <param name="settings">In force when it was asked.</param>
    /// <exception cref="ClientErrorException">It cannot be made in the background.</exception>
    public async Task StartAsync(HttpContext context, ResponsesCall asked, ResponsesChat chat, ChatTranslationOptions options, GatewaySettings settings)
    {
        Check(asked.Request);
        if (!runs.TryEnter(asked.Client, asked.Bytes))
        {
            throw new ClientErrorException(new ClientError(
                StatusCodes.Status429TooManyRequests, "RESOURCE_EXHAUSTED", "rate_limit_error", "rate_limit_exceeded",
                $"Too many background responses are being made: at most {BackgroundLimits.RunsPerClientMax} of one token. Wait for some of them.") { RetryAfter = BackgroundLimits.RetryAfter });
        }

        ChatCall? call = null;
        BackgroundRun? run = null;
        try
        {
            call = new ChatCall(chat.Request, options, settings, asked.Client);
            var answer = ContextOf(call, asked);
            var response = ResponsesAnswer.InProgress(answer);
            run = new BackgroundRun(await rows.BeginAsync(asked, answer, response), asked.Bytes);
            runs.Start(run, started => MakeAsync(started, call, chat, options, asked, answer));
            context.Response.ContentType = "application/json";
            response.WriteTo(context.Response.BodyWriter, isStored: true);
        }
        finally
        {
            if (run is null)
            {
                call?.Dispose();
                runs.Leave(asked.Client, asked.Bytes);
            }
        }

        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    private void Check(ResponsesRequest request)
    {
        if (request.Stream)
        {
            throw Wrong("stream and background exclude each other here: ask for the response by its id until it is complete.", "stream");
        }

        if (!keeper.Keeps(request))
        {
            throw Wrong("background responses must be stored: store must not be false, and the gateway must keep responses (RESPONSES_STORE_DAYS).", "store");
        }
    }

    private static ClientErrorException Wrong(string message, string param) => new(ClientError.InvalidRequest(message, param));

    private ResponsesAnswerContext ContextOf(ChatCall call, ResponsesCall asked) => new(
        new ChatAnswerContext
        {
            AnswerId = ids.Next(),
            Created = time.GetUtcNow().ToUnixTimeSeconds(),
            RequestedModel = asked.Request.Model,
            AllowsParallelToolCalls = call.Request.ParallelToolCalls,
            ToolNames = call.Translated.ToolNames,
            CustomTools = call.Translated.CustomTools,
            Signatures = signatures.Of(asked.Client),
        },
        asked.Request,
        IsStored: true);

    private async Task MakeAsync(BackgroundRun run, ChatCall call, ResponsesChat chat, ChatTranslationOptions options, ResponsesCall asked, ResponsesAnswerContext answer)
    {
        ResponsesAnswer response;
        using (call)
        {
            response = await AskAsync(run, call, chat, options, answer);
        }

        var body = KeptBody.Of(answer, asked.Conversation, response) ?? KeptBody.Of(answer, asked.Conversation, ResponsesAnswer.Failed(answer, TooLarge))!;
        for (var attempt = 1; !await run.TryEndAsync(rows, body) && attempt < BackgroundLimits.EndAttemptsMax && !run.Stopped.IsCancellationRequested; attempt++)
        {
            await Task.Delay(BackgroundLimits.EndDelay, time, run.Stopped).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<ResponsesAnswer> AskAsync(BackgroundRun run, ChatCall call, ResponsesChat chat, ChatTranslationOptions options, ResponsesAnswerContext answer)
    {
        var receiver = new ChatReceiver();
        CallResult result;
        try
        {
            result = await loop.RunAsync(call.Upstream, receiver, run.Stopped);
            if (result.Failure is { } failure && !run.Stopped.IsCancellationRequested && ChatRelaxation.Of(chat.Request, options, failure) is { } relaxed)
            {
                using var again = new ChatCall(chat.Request, relaxed, call.Upstream.Settings, run.Client);
                result = await loop.RunAsync(again.Upstream, receiver, run.Stopped);
            }
        }
        catch (ClientErrorException refused)
        {
            return ResponsesAnswer.Failed(answer, refused.Error.OpenAI);
        }

        return result.Failure is null ? ResponsesAnswer.Of(receiver.Answer!, answer, time.GetUtcNow().ToUnixTimeSeconds())
            : ResponsesAnswer.Failed(answer, run.Stopped.IsCancellationRequested ? Stopped : CallFailureAnswer.Explain(result.Failure, answer.Request.Model).OpenAI);
    }
}
