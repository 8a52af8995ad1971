using GeminiBalance.Gateway.Authentication;
using GeminiBalance.Gateway.Forwarding;
using GeminiBalance.Gateway.Models;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Streaming;
using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.GeminiToOpenAI;
using GeminiBalance.Protocol.OpenAI;
using GeminiBalance.Protocol.OpenAIToGemini;

namespace GeminiBalance.Gateway.Endpoints;

/// <summary>POST <c>completions</c>, the API before chats: each prompt becomes a chat of one turn.</summary>
internal sealed class CompletionsEndpoint(AttemptLoop loop, ISettingsSource settings, ModelNames names, AnswerIds ids, TimeProvider time, ChatStreams streams)
{
    public async Task HandleAsync(HttpContext context)
    {
        var current = settings.Current;
        using var body = await RequestBody.ReadAsync(context);
        var request = OpenAIRequestReader.ReadCompletion(body.Written);
        var options = ChatDefaults.Translation(names.Parse(request.Model, current), current) with { IncludeThoughts = false };
        var answer = new CompletionAnswerContext
        {
            AnswerId = ids.Next(),
            Created = time.GetUtcNow().ToUnixTimeSeconds(),
            RequestedModel = request.Model,
            IncludeUsage = request.IncludeUsage,
        };
        var result = request.Stream
            ? await StreamAsync(context, request, options, answer, current)
            : await WholeAsync(context, request, options, answer, current);
        if (result.Failure is not null && !context.RequestAborted.IsCancellationRequested)
        {
            await CallFailureAnswer.WriteAsync(context, Face.OpenAI, result, request.Model);
        }
    }

    private async Task<CallResult> WholeAsync(
        HttpContext context, CompletionRequest request, ChatTranslationOptions options, CompletionAnswerContext answer, GatewaySettings current)
    {
        var answers = new List<(string, GenerateContentResponse)>(request.Chats.Count);
        CallResult result = default;
        for (var i = 0; i < request.Chats.Count; i++)
        {
            var (ended, received) = await AskAsync(context, request.Chats[i], options, current);
            if (ended.Failure is { } failure && ChatRelaxation.Of(request.Chats[i], options, failure) is { } relaxed)
            {
                options = relaxed;
                (ended, received) = await AskAsync(context, request.Chats[i], options, current);
            }

            result = ended;
            if (result.Failure is not null)
            {
                return result;
            }

            answers.AddRange(received.Select(one => (request.Echo ? request.Prompts[i] : "", one)));
        }

        AnswerHeaders.SetCall(context.Response, result.Attempts, result.KeyId);
        context.Response.ContentType = "application/json";
        CompletionResponseTranslator.Write(answers, answer, context.Response.BodyWriter);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
        return result;
    }

    private async Task<(CallResult Result, List<GenerateContentResponse> Answers)> AskAsync(
        HttpContext context, ChatCompletionRequest chat, ChatTranslationOptions options, GatewaySettings current)
    {
        using var call = new ChatCall(chat, options, current, ClientIdentity.Of(context).ClientId);
        var answers = new List<GenerateContentResponse>(call.Translated.Calls);
        CallResult result = default;
        for (var i = 0; i < call.Translated.Calls && result.Failure is null; i++)
        {
            var receiver = new ChatReceiver();
            result = await loop.RunAsync(call.Upstream, receiver, context.RequestAborted);
            if (result.Failure is null)
            {
                answers.Add(receiver.Answer!);
            }
        }

        return (result, answers);
    }

    private async Task<CallResult> StreamAsync(
        HttpContext context, CompletionRequest request, ChatTranslationOptions options, CompletionAnswerContext answer, GatewaySettings current)
    {
        var writer = streams.NewWriter(context, current);
        var choices = request.Chats.Count * request.N;
        var usages = new List<UsageMetadata>(choices);
        CallResult result = default;
        for (var choice = 0; choice < choices; choice++)
        {
            var prompt = choice / request.N;
            var ended = await StreamChoiceAsync(choice, options);
            if (ended.Result.Failure is { } refused && !writer.HasStarted && ChatRelaxation.Of(request.Chats[prompt], options, refused) is { } relaxed)
            {
                options = relaxed;
                ended = await StreamChoiceAsync(choice, options);
            }

            result = ended.Result;
            if (result.Failure is { } failure)
            {
                if (writer.HasStarted)
                {
                    await writer.InterruptAsync(ended.Error ?? CallFailureAnswer.Explain(failure, request.Model));
                }

                return result;
            }

            if (ended.Usage is { } usage)
            {
                usages.Add(usage);
            }
        }

        if (choices > 1)
        {
            CompletionStreamTranslator.WriteEnd(answer, usages, writer.Output);
            await writer.FlushAsync();
        }

        return result;

        async Task<ChatStreamEnd> StreamChoiceAsync(int choice, ChatTranslationOptions chosen)
        {
            var prompt = choice / request.N;
            var echo = request.Echo ? request.Prompts[prompt] : "";
            using var call = new ChatCall(request.Chats[prompt], chosen, current, ClientIdentity.Of(context).ClientId);
            return await streams.RunAsync(writer, call.Upstream, () => new CompletionStreamTranslator(answer, choice, echo), writeDone: choices == 1);
        }
    }
}
