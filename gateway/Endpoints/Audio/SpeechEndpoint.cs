using GeminiBalance.Gateway.Authentication;
using GeminiBalance.Gateway.CallLog;
using GeminiBalance.Gateway.Forwarding;
using GeminiBalance.Gateway.Models;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Streaming;
using GeminiBalance.Gateway.Upstream;
using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.GeminiToOpenAI;
using GeminiBalance.Protocol.OpenAI;
using GeminiBalance.Protocol.OpenAIToGemini;

namespace GeminiBalance.Gateway.Endpoints;

/// <summary>POST <c>audio/speech</c>: one of Gemini's speech models speaks, as a file or as it goes.</summary>
internal sealed class SpeechEndpoint(AttemptLoop loop, ISettingsSource settings, ModelNames names, Ffmpeg ffmpeg, TimeProvider time)
{
    public async Task HandleAsync(HttpContext context)
    {
        var current = settings.Current;
        using var body = await RequestBody.ReadAsync(context);
        var request = Checked(OpenAIRequestReader.ReadSpeech(body.Written));
        var requested = request.Model ?? current.Speech.Model;
        var model = OpenAIModelNames.Resolve(names, requested, current.Speech.Model, current).Model;
        var options = new SpeechTranslationOptions
        {
            Model = model,
            Voice = current.Speech.Voice,
            Pace = current.Speech.Pace,
            SafetySettings = [.. (current.SafetySettings ?? []).Select(setting => new GeminiSafetySetting(setting.Category, setting.Threshold))],
        };
        using var upstream = new PooledBuffer(Limits.StreamChunkBytes, Limits.UpstreamBodyBytesMax);
        SpeechRequestTranslator.Write(request, options, upstream);
        var call = CallOf(context, current, model, upstream, request.Streaming != SpeechStreaming.None);
        var result = call.IsStream ? await StreamAsync(context, call, request, requested) : await WholeAsync(context, call, request);
        if (result.Failure is not null && !context.RequestAborted.IsCancellationRequested)
        {
            await CallFailureAnswer.WriteAsync(context, Face.OpenAI, result, requested);
        }
    }

    private static UpstreamCall CallOf(HttpContext context, GatewaySettings settings, string model, PooledBuffer body, bool isStream) => new()
    {
        Settings = settings,
        Method = HttpMethod.Post,
        Address = UpstreamAddress.Of(settings.BaseUrl, $"models/{model}:{(isStream ? "streamGenerateContent?alt=sse" : "generateContent")}"),
        Body = body.Written,
        ContentType = "application/json",
        Model = model,
        EstimatedTokens = PromptTokenEstimator.Estimate(body.Written.Span),
        ClientId = ClientIdentity.Of(context).ClientId,
        Face = CallFace.OpenAI,
        IsStream = isStream,
    };

    /// <summary>What is packed with loss is packed whole: it is sent at once, and not in events. Where it cannot be packed, it goes as WAV.</summary>
    private SpeechRequest Checked(SpeechRequest request)
    {
        if (!SpeechFormats.IsLossy(request.Format))
        {
            return request;
        }

        if (!ffmpeg.IsInstalled)
        {
            // Most clients ask for mp3 and play what comes: its type and its first bytes say that it is WAV.
            return request with { Format = SpeechFormat.Wav };
        }

        return request.Streaming == SpeechStreaming.Events
            ? throw Unmakeable(
                $"response_format is {request.Format.ToString().ToLowerInvariant()}, which does not come in events. Ask for wav, pcm or flac, or leave stream_format out.")
            : request with { Streaming = SpeechStreaming.None };
    }

    private static ClientErrorException Unmakeable(string message) => new(ClientError.InvalidRequest(message, "response_format"));

    private static ClientError Refused(string refusal) => ClientError.InvalidRequest(refusal, "input", "content_policy_violation");

    private async Task<CallResult> WholeAsync(HttpContext context, UpstreamCall call, SpeechRequest request)
    {
        var receiver = new ChatReceiver(SpeechAnswer.IsDefinitive);
        var result = await loop.RunAsync(call, receiver, context.RequestAborted);
        if (result.Failure is not null)
        {
            return result;
        }

        if (SpeechAnswer.RefusalOf(receiver.Answer!) is { } refusal)
        {
            throw new ClientErrorException(Refused(refusal));
        }

        using var file = new PooledBuffer(Limits.BodyChunkBytes, Limits.AnswerBytesMax);
        await PackAsync(receiver.Answer!, request.Format, file, context.RequestAborted);
        AnswerHeaders.SetCall(context.Response, result.Attempts, result.KeyId);
        context.Response.ContentType = SpeechFormats.ContentTypeOf(request.Format);
        context.Response.ContentLength = file.Count;
        await context.Response.BodyWriter.WriteAsync(file.Written, context.RequestAborted);
        return result;
    }

    private async Task PackAsync(GenerateContentResponse answer, SpeechFormat format, PooledBuffer file, CancellationToken cancellationToken)
    {
        if (!SpeechFormats.IsLossy(format))
        {
            SpeechAnswer.Write(answer, format, file);
            return;
        }

        using var wav = new PooledBuffer(Limits.BodyChunkBytes, Limits.AnswerBytesMax);
        SpeechAnswer.Write(answer, SpeechFormat.Wav, wav);
        await ffmpeg.EncodeAsync(wav.Written, format, file, cancellationToken);
    }

    private async Task<CallResult> StreamAsync(HttpContext context, UpstreamCall call, SpeechRequest request, string requested)
    {
        var asEvents = request.Streaming == SpeechStreaming.Events;
        var writer = asEvents
            ? new ChatStreamWriter(context, call.Settings.KeepAliveInterval, time)
            : new ChatStreamWriter(context, TimeSpan.Zero, time) { ContentType = SpeechFormats.ContentTypeOf(request.Format) };
        var receiver = new ChatStreamReceiver(writer, () => new SpeechStreamTranslator(request.Format, asEvents), writeDone: true);
        var result = await loop.RunAsync(call, receiver, context.RequestAborted);
        await StreamEnd.TellAsync(writer, receiver, result, requested, Refused);
        return result;
    }
}
