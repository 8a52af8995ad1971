using GeminiBalance.Gateway.Endpoints;
using GeminiBalance.Gateway.Forwarding;
using GeminiBalance.Gateway.Upstream;
using GeminiBalance.KeyPool;
using GeminiBalance.Protocol.Gemini;

namespace GeminiBalance.Gateway.Streaming;

/// <summary>Passes the events of a stream on byte for byte, while it watches them for usage, an end and errors.</summary>
/// <remarks>
/// Only whole events go out: an answer that breaks off never ends in half an event, so the error that follows can be read. Events wait
/// until one of them is useful; the first write commits.
/// </remarks>
internal sealed class RelayReceiver(
    HttpContext context, Face face, AnswerContract contract, TextPacer? pacer = null, AnswerJoin? join = null, Func<UpstreamAnswer, ValueTask>? beforeWrite = null,
    NativeBeats? beats = null)
    : IContinuableReceiver
{
    private AnswerFacts facts;
    private GeminiErrorStatus? upstreamError;
    private (UpstreamAnswer Answer, byte[] Bytes)? empty;
    private ShapedRelay? shaped;
    private bool isArray;
    private bool hasAnswered;

    public bool HasCommitted { get; private set; }

    /// <summary>Whether the client has been given a status by this call or an earlier one of the same answer.</summary>
    public bool HasStarted => hasAnswered || beats is { HasStarted: true };

    /// <summary>What to tell the client when the stream fails after the commit.</summary>
    public ClientError? Error { get; private set; }

    /// <summary>The error that the upstream wrote into the stream, redacted; null when it wrote none.</summary>
    public ClientError? UpstreamError => upstreamError is null ? null : ClientError.FromUpstream(upstreamError.Code, upstreamError);

    public void Continue() => (HasCommitted, Error) = (false, null);

    public async ValueTask<CallOutcome> ReceiveAsync(UpstreamAnswer answer)
    {
        facts = default;
        upstreamError = null;
        empty = null;
        isArray = !IsEventStream(answer.ContentType);
        IStreamFraming framing = isArray ? new JsonArrayFraming() : new SseFraming();
        shaped = pacer is null && join is null ? null : new ShapedRelay(context.Response, isArray, pacer, join);
        join?.Begin();
        using var buffer = new PooledBuffer(Limits.StreamChunkBytes, Limits.SseEventBytesMax);
        var complete = 0;
        while (!buffer.IsFull)
        {
            var count = await answer.ReadAsync(buffer.Free());
            if (count < 0)
            {
                return End(BrokenAnswer.Of(CallFault.Cut, answer.Failure));
            }

            if (count == 0)
            {
                return await FinishAsync(answer, framing, buffer, complete);
            }

            buffer.Advance(count);
            if (!TryInspect(framing, buffer.Written.Span, ref complete, out var error))
            {
                if (HasCommitted && complete > 0)
                {
                    await WriteAsync(answer, buffer.Written[..complete]); // What came whole before the error is the client's.
                }

                return End(error);
            }

            if (complete > 0 && (HasCommitted || facts.IsUseful || !contract.MustBeUseful))
            {
                await WriteAsync(answer, buffer.Written[..complete]);
                buffer.Drop(complete);
                complete = 0;
            }
        }

        return End(BrokenAnswer.Of(CallFault.TooLarge));
    }

    /// <summary>Writes the last answer if it came whole and said nothing: when every attempt ends so, it is the upstream's true answer.</summary>
    public async ValueTask<bool> TryWriteEmptyAsync(CallResult result)
    {
        if (hasAnswered || result.Failure?.Attempt?.Outcome.Kind != CallOutcomeKind.UpstreamBroken || empty is not { } last)
        {
            return false;
        }

        await WriteAsync(last.Answer, last.Bytes, isLast: true);
        return true;
    }

    /// <summary>Ends a stream that had begun and cannot be completed.</summary>
    /// <exception cref="StreamInterruptedException">Always.</exception>
    public async ValueTask InterruptAsync(ClientError error)
    {
        InterruptedStream.WriteError(context.Response.BodyWriter, face, isArray, error);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
        throw new StreamInterruptedException();
    }

    private static bool IsEventStream(string? contentType) => contentType?.StartsWith("text/event-stream", StringComparison.OrdinalIgnoreCase) == true;

    // Looks at every event that has come whole since the last time.
    private bool TryInspect(IStreamFraming framing, ReadOnlySpan<byte> bytes, ref int complete, out CallOutcome error)
    {
        while (framing.FindEnd(bytes[complete..]) is > 0 and var length)
        {
            if (!TryAdd(framing.Json(bytes.Slice(complete, length)), out error))
            {
                return false;
            }

            complete += length;
        }

        error = default;
        return true;
    }

    private bool TryAdd(ReadOnlySpan<byte> json, out CallOutcome error)
    {
        error = default;
        if (json.IsEmpty)
        {
            return true;
        }

        var found = contract.Scan(json);
        facts.Add(found);
        if (!found.IsError)
        {
            return true;
        }

        upstreamError = GeminiAnswerReader.ReadError(json);
        error = UpstreamErrorClassifier.Classify(StatusCodes.Status200OK, json);
        if (error.Kind == CallOutcomeKind.Succeeded)
        {
            error = BrokenAnswer.Of(CallFault.Error);
        }

        return false;
    }

    private async ValueTask<CallOutcome> FinishAsync(UpstreamAnswer answer, IStreamFraming framing, PooledBuffer buffer, int complete)
    {
        // What follows the last end mark: the closing bracket of an array, or a last event whose blank line is missing.
        if (!TryAdd(framing.Json(buffer.Written.Span[complete..]), out var error))
        {
            return End(error);
        }

        if (contract.MustFinish && !facts.IsFinished)
        {
            return End(BrokenAnswer.Of(CallFault.Unfinished));
        }

        if (contract.MustBeUseful && !facts.IsUseful)
        {
            empty = (answer, buffer.Written.ToArray());
            return End(BrokenAnswer.Of(CallFault.Empty));
        }

        if (join is { Continuations: > 0, HasText: false })
        {
            return End(BrokenAnswer.Of(CallFault.Empty));
        }

        if (buffer.Count > 0 || !HasCommitted || join is not null)
        {
            await WriteAsync(answer, buffer.Written, isLast: true);
        }

        return Outcome(new(CallOutcomeKind.Succeeded));
    }

    private CallOutcome End(CallOutcome outcome)
    {
        if (HasCommitted && outcome.Kind != CallOutcomeKind.ClientLeft)
        {
            Error = UpstreamError ?? FailureAnswers.Explain(outcome);
        }

        return Outcome(outcome);
    }

    private CallOutcome Outcome(CallOutcome outcome) => outcome with { PromptTokens = facts.PromptTokens, OutputTokens = facts.OutputTokens };

    private async ValueTask WriteAsync(UpstreamAnswer answer, ReadOnlyMemory<byte> bytes, bool isLast = false)
    {
        if (beforeWrite is not null)
        {
            await answer.WhileAsync(beforeWrite(answer));
        }

        HasCommitted = true;
        await (beats?.EndAsync() ?? default);
        var isFirst = !HasStarted;
        hasAnswered = true;
        if (isFirst)
        {
            AnswerHeaders.SetNative(context.Response, answer.Response);
            AnswerHeaders.SetStream(context.Response);
            AnswerHeaders.SetCall(context.Response, answer.Attempt, answer.KeyId);
        }

        if (shaped is null)
        {
            await context.Response.BodyWriter.WriteAsync(bytes, context.RequestAborted);
            return;
        }

        await answer.WhileAsync(shaped.WriteAsync(bytes, isLast, context.RequestAborted));
    }
}
