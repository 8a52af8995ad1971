using GeminiBalance.Gateway.Authentication;
using GeminiBalance.Gateway.CallLog;
using GeminiBalance.Gateway.Forwarding;
using GeminiBalance.Gateway.Models;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Streaming;
using GeminiBalance.Gateway.Upstream;
using GeminiBalance.KeyPool;
using GeminiBalance.Protocol.GeminiToOpenAI;
using GeminiBalance.Protocol.OpenAI;
using GeminiBalance.Protocol.OpenAIToGemini;

namespace GeminiBalance.Gateway.Endpoints;

/// <summary>POST <c>audio/transcriptions</c> and <c>audio/translations</c>: a model listens to a recording and writes down what is said.</summary>
internal sealed class TranscriptionEndpoint(AttemptLoop loop, ISettingsSource settings, ModelNames names, TimeProvider time)
{
    private static readonly ClientError NoTimes = new(
        StatusCodes.Status502BadGateway, "UNAVAILABLE", "server_error", "no_times",
        "The model's answers have no times that can be right. Ask again, take another model, or ask for response_format json or text.");

    private static readonly ClientError TooLong = ClientError.InvalidRequest(
        "The transcript with its times is longer than the model's answers can be. Split the recording, or ask for response_format json or text.", "file", "recording_too_long");

    public Task TranscribeAsync(HttpContext context) => HandleAsync(context, translates: false);

    public Task TranslateAsync(HttpContext context) => HandleAsync(context, translates: true);

    private static ClientError Refused(string refusal) => ClientError.InvalidRequest(refusal, "file", "content_policy_violation");

    private async Task HandleAsync(HttpContext context, bool translates)
    {
        var current = settings.Current;
        using var body = new PooledBuffer(Limits.BodyChunkBytes, Limits.UpstreamBodyBytesMax);
        var form = new TranscriptionForm(translates);
        var writer = new TranscriptionBodyWriter(body);
        var recording = new RecordingForm(form, writer);
        await recording.ReadAsync(context);
        var request = form.Finish();
        var options = ChatDefaults.Translation(OpenAIModelNames.Resolve(names, request.Model, current.Speech.TranscriptionModel, current), current);
        writer.Complete(request, options);
        var call = new UpstreamCall
        {
            Settings = current,
            Method = HttpMethod.Post,
            Address = UpstreamAddress.Of(current.BaseUrl, $"models/{options.Model}:{(request.Stream ? "streamGenerateContent?alt=sse" : "generateContent")}"),
            Body = body.Written,
            ContentType = "application/json",
            Model = options.Model,
            EstimatedTokens = PromptTokenEstimator.Estimate(body.Written.Span),
            ClientId = ClientIdentity.Of(context).ClientId,
            Face = CallFace.OpenAI,
            IsStream = request.Stream,
        };
        var result = request.Stream ? await StreamAsync(context, call, request)
            : request.WithTimes ? await TimedAsync(context, call, request, recording.Seconds)
            : await WholeAsync(context, call, request);
        if (result.Failure is not null && !context.RequestAborted.IsCancellationRequested)
        {
            await CallFailureAnswer.WriteAsync(context, Face.OpenAI, result, request.Model);
        }
    }

    private async Task<CallResult> WholeAsync(HttpContext context, UpstreamCall call, TranscriptionRequest request)
    {
        var receiver = new ChatReceiver();
        var result = await loop.RunAsync(call, receiver, context.RequestAborted);
        if (result.Failure is not null)
        {
            return result;
        }

        if (TranscriptAnswer.RefusalOf(receiver.Answer!) is { } refusal)
        {
            throw new ClientErrorException(Refused(refusal));
        }

        AnswerHeaders.SetCall(context.Response, result.Attempts, result.KeyId);
        context.Response.ContentType = request.AsText ? "text/plain; charset=utf-8" : "application/json";
        TranscriptAnswer.Write(receiver.Answer!, request.AsText, context.Response.BodyWriter);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
        return result;
    }

    private async Task<CallResult> TimedAsync(HttpContext context, UpstreamCall call, TranscriptionRequest request, double? seconds)
    {
        TimedTranscript? transcript = null;
        var receiver = new ChatReceiver(answer =>
            (transcript = TimedTranscript.Read(answer, seconds)) is not null || TimedTranscript.IsCut(answer) || TranscriptAnswer.RefusalOf(answer) is not null);
        var result = await loop.RunAsync(call, receiver, context.RequestAborted);
        if (result.Failure is not null)
        {
            return receiver.Answer is not null && result.Failure.Attempt?.Outcome.Kind is CallOutcomeKind.UpstreamBroken ? throw new ClientErrorException(NoTimes) : result;
        }

        if (transcript is null)
        {
            throw new ClientErrorException(TranscriptAnswer.RefusalOf(receiver.Answer!) is { } refusal ? Refused(refusal) : TooLong);
        }

        AnswerHeaders.SetCall(context.Response, result.Attempts, result.KeyId);
        context.Response.ContentType = request.Format is TranscriptFormat.VerboseJson ? "application/json" : "text/plain; charset=utf-8";
        TimedTranscriptWriter.Write(transcript, request, context.Response.BodyWriter);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
        return result;
    }

    private async Task<CallResult> StreamAsync(HttpContext context, UpstreamCall call, TranscriptionRequest request)
    {
        var writer = new ChatStreamWriter(context, call.Settings.KeepAliveInterval, time);
        var receiver = new ChatStreamReceiver(writer, () => new TranscriptStreamTranslator(), writeDone: true);
        var result = await loop.RunAsync(call, receiver, context.RequestAborted);
        await StreamEnd.TellAsync(writer, receiver, result, request.Model, Refused);
        return result;
    }
}
