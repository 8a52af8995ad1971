using System.Buffers;
using GeminiBalance.Gateway.Endpoints;
using GeminiBalance.Gateway.Forwarding;
using GeminiBalance.Gateway.Upstream;
using GeminiBalance.KeyPool;
using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.GeminiToOpenAI;
using GeminiBalance.Protocol.Streaming;

namespace GeminiBalance.Gateway.Streaming;

/// <summary>Translates one Gemini stream as its events come. The first useful event commits, or the first keep-alive comment.</summary>
/// <param name="stream">The client's side.</param>
/// <param name="newTranslator">Makes the translator of an attempt.</param>
/// <param name="writeDone">False when another stream goes on in the same answer.</param>
/// <param name="prepare">What happens to each event before it is translated.</param>
/// <param name="pacer">Deals out text; null when it passes as it comes.</param>
/// <param name="join">Puts the answers of several calls together; null when there is one.</param>
internal sealed class ChatStreamReceiver(ChatStreamWriter stream, Func<IAnswerStreamTranslator> newTranslator, bool writeDone,
    Func<GenerateContentResponse, ValueTask>? prepare = null, TextPacer? pacer = null, AnswerJoin? join = null) : IContinuableReceiver
{
    private IAnswerStreamTranslator translator = newTranslator();
    private bool isUseful;
    private bool isContinuation;
    private bool isMalformedCall;
    private GeminiErrorStatus? upstreamError;

    public bool HasCommitted { get; private set; }

    /// <summary>What the stream used, as far as the upstream has told.</summary>
    public UsageMetadata? Usage => translator.Usage;

    /// <summary>Why there is no answer although the call succeeded; null when there is one.</summary>
    public string? Refusal => isUseful ? null : translator.Refusal;

    /// <summary>What to tell the client when the stream fails after the commit.</summary>
    public ClientError? Error { get; private set; }

    public void Continue() => (isContinuation, HasCommitted, Error) = (true, false, null);

    public async ValueTask<CallOutcome> ReceiveAsync(UpstreamAnswer answer)
    {
        translator = isContinuation ? translator : newTranslator();
        join?.Begin();
        (isUseful, isMalformedCall, upstreamError) = (false, false, null);
        using var pending = new PooledBuffer(Limits.StreamChunkBytes, Limits.SseEventBytesMax);
        CallOutcome outcome;
        try
        {
            outcome = await TranslateAsync(answer, pending);
        }
        catch (Exception exception) when (exception is MalformedAnswerException or StreamTooLargeException or BufferOverflowException)
        {
            outcome = BrokenAnswer.Of(exception is MalformedAnswerException ? CallFault.Malformed : CallFault.TooLarge) with { Detail = exception.Message };
        }

        if (outcome.Kind != CallOutcomeKind.Succeeded)
        {
            Error = upstreamError is null ? FailureAnswers.Explain(outcome) : ClientError.FromUpstream(upstreamError.Code, upstreamError);
        }

        return isContinuation
            ? outcome with { PromptTokens = join!.Own.PromptTokens, OutputTokens = join.Own.OutputTokens }
            : ChatUsage.AddTo(outcome, translator.Usage);
    }

    private async ValueTask<CallOutcome> TranslateAsync(UpstreamAnswer answer, PooledBuffer pending)
    {
        var parser = new GeminiStreamParser(Limits.SseEventBytesMax);
        while (true)
        {
            var count = await ReadAsync(answer, parser.GetMemory());
            if (count < 0)
            {
                return BrokenAnswer.Of(CallFault.Cut, answer.Failure);
            }

            if (count == 0)
            {
                parser.Complete();
            }

            parser.Advance(count);
            if (await TranslateAsync(parser, pending, answer) is { } error)
            {
                return error;
            }

            if (count == 0)
            {
                return await FinishAsync(answer, pending);
            }

            if (HasCommitted || isUseful)
            {
                await CommitAsync(answer, pending);
            }
        }
    }

    private async ValueTask<CallOutcome?> TranslateAsync(GeminiStreamParser parser, PooledBuffer pending, UpstreamAnswer answer)
    {
        while (parser.TryRead(out var item))
        {
            if (item.IsError)
            {
                upstreamError = GeminiAnswerReader.ReadError(item.Data.Span);
                var outcome = UpstreamErrorClassifier.Classify(StatusCodes.Status200OK, item.Data.Span);
                return outcome.Kind == CallOutcomeKind.Succeeded ? BrokenAnswer.Of(CallFault.Error) : outcome;
            }

            if (join is null)
            {
                await PassAsync(item.Data, pending, answer);
            }
            else
            {
                await PassAsync(join.Take(item.Data), pending, answer);
            }
        }

        return null;
    }

    private async ValueTask PassAsync(IReadOnlyList<ReadOnlyMemory<byte>> events, PooledBuffer pending, UpstreamAnswer answer)
    {
        foreach (var data in events)
        {
            await PassAsync(data, pending, answer);
        }
    }

    private ValueTask PassAsync(ReadOnlyMemory<byte> data, PooledBuffer pending, UpstreamAnswer answer) =>
        pacer is null ? TranslateAsync(data, pending, answer) : PaceAsync(pacer, data, pending, answer);

    private async ValueTask PaceAsync(TextPacer pace, ReadOnlyMemory<byte> data, PooledBuffer pending, UpstreamAnswer answer)
    {
        foreach (var piece in pace.Cut(data))
        {
            await answer.WhileAsync(pace.WaitAsync(piece, stream.Aborted));
            await TranslateAsync(piece.Json, pending, answer);
            if (HasCommitted || isUseful)
            {
                await CommitAsync(answer, pending);
            }
        }
    }

    private async ValueTask TranslateAsync(ReadOnlyMemory<byte> data, PooledBuffer pending, UpstreamAnswer answer)
    {
        var chunk = GeminiAnswerReader.Read(data.Span);
        if (prepare is not null)
        {
            await answer.WhileAsync(prepare(chunk));
        }

        // The translator goes on from here: what it is given cannot be taken back for another attempt.
        HasCommitted |= isContinuation;
        isMalformedCall |= EmptyAnswer.IsMalformedCall(chunk);
        isUseful |= isContinuation || translator.IsUseful(chunk);
        translator.Translate(chunk, HasCommitted ? stream.Output : pending);
    }

    private async ValueTask<CallOutcome> FinishAsync(UpstreamAnswer answer, PooledBuffer pending)
    {
        if (join is not null)
        {
            await PassAsync(join.End(), pending, answer);
        }

        if (!isUseful)
        {
            return translator.Refusal is null ? BrokenAnswer.Of(EmptyAnswer.FaultOf(isMalformedCall)) : new(CallOutcomeKind.Succeeded);
        }

        if (!translator.Complete(HasCommitted ? stream.Output : pending, writeDone))
        {
            return BrokenAnswer.Of(CallFault.Unfinished);
        }

        await CommitAsync(answer, pending);
        return new(CallOutcomeKind.Succeeded);
    }

    private async ValueTask CommitAsync(UpstreamAnswer answer, PooledBuffer pending)
    {
        if (!HasCommitted)
        {
            HasCommitted = true;
            await stream.EndBeatsAsync();
            stream.Start(answer);
            stream.Output.Write(pending.Written.Span);
            pending.Drop(pending.Count);
        }

        await stream.FlushAsync();
    }

    // Only after the upstream has accepted the call: a comment commits the status, and gives up the other keys. Early signs of life do not.
    private async ValueTask<int> ReadAsync(UpstreamAnswer answer, Memory<byte> memory)
    {
        var read = answer.ReadAsync(memory);
        if (read.IsCompleted || stream.KeepAliveInterval <= TimeSpan.Zero || stream.Beats is { AreRunning: true })
        {
            return await read;
        }

        var waiting = read.AsTask();
        while (!await stream.EndsWithinKeepAliveAsync(waiting))
        {
            if (!HasCommitted && !isContinuation)
            {
                HasCommitted = true;
                stream.Start(answer);
            }

            stream.KeepAlive();
            await stream.FlushAsync();
        }

        return await waiting;
    }
}
