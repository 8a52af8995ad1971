using GeminiBalance.Gateway.Endpoints;
using GeminiBalance.Gateway.Forwarding;
using GeminiBalance.Gateway.Streaming;
using GeminiBalance.Gateway.Upstream;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Interactions;

/// <summary>Passes a stream on event by event, and reads every other answer as a whole: which of the two comes is the upstream's to say.</summary>
/// <param name="context">The client's request.</param>
/// <param name="contract">What counts as an answer.</param>
/// <param name="namesResource">Whether the call names what belongs to a project, so that a refusal within a stream may mean that.</param>
/// <param name="beforeWrite">Done before the client sees any of a stream.</param>
internal sealed class InteractionReceiver(HttpContext context, AnswerContract contract, bool namesResource, Func<UpstreamAnswer, ValueTask>? beforeWrite = null)
    : IAnswerReceiver, IDisposable
{
    private readonly RelayReceiver stream = new(context, Face.Interactions, contract, beforeWrite: beforeWrite);
    private readonly BufferedReceiver whole = new(contract);
    private bool isStream;

    public bool HasCommitted => stream.HasCommitted;

    /// <summary>The error that the upstream wrote into its stream, redacted; null when it wrote none.</summary>
    public ClientError? UpstreamError => isStream ? stream.UpstreamError : null;

    public void Dispose() => whole.Dispose();

    public async ValueTask<CallOutcome> ReceiveAsync(UpstreamAnswer answer)
    {
        isStream = answer.ContentType?.StartsWith("text/event-stream", StringComparison.OrdinalIgnoreCase) == true;
        var outcome = await (isStream ? stream.ReceiveAsync(answer) : whole.ReceiveAsync(answer));
        if (outcome.Kind == CallOutcomeKind.ModelNotAvailable)
        {
            answer.Otherwise = CallOutcomeKind.RequestRejected; // As a 404: only another key can tell.
        }

        return namesResource && outcome is { Kind: CallOutcomeKind.KeyRejected, IsConclusive: false } ? outcome with { Kind = CallOutcomeKind.RequestRejected } : outcome;
    }

    /// <summary>Whether there is a whole answer for the client: also one that said nothing, when every attempt ended so.</summary>
    public bool HasWhole(CallResult result) => !isStream
        && (result.Failure is null || ((whole.IsWholeButEmpty || whole.IsWholeButUnfinished) && result.Failure.Attempt?.Outcome.Kind == CallOutcomeKind.UpstreamBroken));

    /// <summary>Writes what is left to write of a call that succeeded, or whose last answer came whole and said nothing.</summary>
    /// <returns>False when there is no such answer: the client is to be told of the failure.</returns>
    public async ValueTask<bool> TryWriteAsync(CallResult result)
    {
        if (isStream)
        {
            return result.Failure is null || await stream.TryWriteEmptyAsync(result);
        }

        if (!HasWhole(result))
        {
            return false;
        }

        AnswerHeaders.SetCall(context.Response, result.Attempts, result.KeyId);
        await whole.WriteAsync(context);
        return true;
    }

    /// <summary>Ends a stream that had begun.</summary>
    /// <param name="isResumable">
    /// Whether the client can take it up again where it broke off: then only what the upstream itself said is told, since an error would mean that
    /// the interaction has failed.
    /// </param>
    /// <exception cref="StreamInterruptedException">Always.</exception>
    public ValueTask InterruptAsync(bool isResumable) => isResumable && stream.UpstreamError is null
        ? throw new StreamInterruptedException()
        : stream.InterruptAsync(stream.Error ?? ClientError.Internal());
}
