using GeminiBalance.Gateway.Endpoints;
using GeminiBalance.Gateway.Forwarding;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Upstream;
using GeminiBalance.KeyPool;
using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.GeminiToOpenAI;

namespace GeminiBalance.Gateway.Streaming;

/// <summary>Answers with translated streams in the way that the settings ask for.</summary>
internal sealed class ChatStreams(AttemptLoop loop, Continuations continuations, TimeProvider time)
{
    private static readonly CallFailure Unfinished = new() { Attempt = new AttemptResult(BrokenAnswer.Of(CallFault.Unfinished)) };

    /// <summary>The client's side of one answer.</summary>
    public ChatStreamWriter NewWriter(HttpContext context, GatewaySettings settings, Face face = Face.OpenAI) =>
        new(context, settings.Streams.IsFaked ? settings.Streams.FakeInterval : settings.KeepAliveInterval, time)
        {
            Face = face, BeatsEarly = settings.Streams.BeatsBeforeAnswer,
        };

    /// <summary>Runs one call to its end and writes its answer. A failure is the caller's to tell.</summary>
    /// <param name="writer">The client's side.</param>
    /// <param name="call">What to send: for a stream, or for a whole answer where streams are made of those.</param>
    /// <param name="newTranslator">Makes the translator of an attempt.</param>
    /// <param name="writeDone">False when another stream goes on in the same answer.</param>
    /// <param name="prepare">What happens to each event before it is translated.</param>
    public async Task<ChatStreamEnd> RunAsync(ChatStreamWriter writer, UpstreamCall call, Func<IAnswerStreamTranslator> newTranslator, bool writeDone,
        Func<GenerateContentResponse, ValueTask>? prepare = null)
    {
        var pacer = TextPacer.For(call.Settings.Streams, time);
        if (call.Settings.Streams.IsFaked)
        {
            return await FakeAsync(writer, call, newTranslator(), writeDone, prepare, pacer);
        }

        var join = AnswerJoin.For(call);
        var receiver = new ChatStreamReceiver(writer, newTranslator, writeDone, prepare, pacer, join);
        writer.BeginBeats();
        CallResult result;
        try
        {
            result = await continuations.RunAsync(call, receiver, join, writer.Aborted);
        }
        finally
        {
            await writer.EndBeatsAsync();
        }

        return new(result, receiver.HasCommitted ? receiver.Error : null, receiver.Usage);
    }

    private async Task<ChatStreamEnd> FakeAsync(ChatStreamWriter writer, UpstreamCall call, IAnswerStreamTranslator translator, bool writeDone,
        Func<GenerateContentResponse, ValueTask>? prepare, TextPacer? pacer)
    {
        var receiver = new ChatReceiver(keepsBody: pacer is not null);
        List<(EventPiece Piece, GenerateContentResponse Chunk)> chunks = [];
        var result = await Heartbeat.WhileAsync(AskAsync(), writer.KeepAliveInterval, writer.BeatAsync, time);
        if (result.Failure is not null)
        {
            return new(result, Error: null, Usage: null);
        }

        writer.Start(result.Attempts, result.KeyId);
        foreach (var (piece, chunk) in chunks)
        {
            await (pacer?.WaitAsync(piece, writer.Aborted) ?? default);
            translator.Translate(chunk, writer.Output);
            await writer.FlushAsync();
        }

        var isWhole = translator.Complete(writer.Output, writeDone);
        await writer.FlushAsync();
        return new(isWhole ? result : result with { Failure = Unfinished }, Error: null, translator.Usage);

        async Task<CallResult> AskAsync()
        {
            var asked = await loop.RunAsync(call, receiver, writer.Aborted);
            if (asked.Failure is null)
            {
                chunks = pacer is null ? [(default, receiver.Answer!)] : [.. pacer.Cut(receiver.Body).Select(piece => (piece, GeminiAnswerReader.Read(piece.Json.Span)))];
                foreach (var (_, chunk) in chunks)
                {
                    await (prepare?.Invoke(chunk) ?? default);
                }
            }

            return asked;
        }
    }
}
