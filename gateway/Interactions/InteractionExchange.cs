using GeminiBalance.Gateway.Endpoints;
using GeminiBalance.Gateway.Forwarding;
using GeminiBalance.Gateway.Upstream;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Interactions;

/// <summary>Runs calls of the Interactions API and answers the client in the upstream's bytes.</summary>
internal sealed class InteractionExchange(AttemptLoop loop, InteractionLedger ledger)
{
    /// <summary>Makes an interaction.</summary>
    /// <param name="context">The client's request; its body has been read.</param>
    /// <param name="call">What to send.</param>
    /// <param name="isStored">Whether the upstream keeps it.</param>
    /// <param name="isBackground">Whether it goes on when the client has its answer.</param>
    public async Task CreateAsync(HttpContext context, UpstreamCall call, bool isStored, bool isBackground)
    {
        var note = new InteractionNote(ledger, call.ClientId, isStored);
        using var receiver = new InteractionReceiver(
            context, isBackground ? InteractionContracts.Background(note.Scan) : InteractionContracts.Awaited(note.Scan),
            call.IsAboutResource || call.Pinned is not null, answer => note.SaveAsync(answer.KeyId));
        var result = await loop.RunAsync(call, receiver, context.RequestAborted);
        if (receiver.HasWhole(result))
        {
            await note.SaveAsync(result.KeyId!.Value);
        }

        await AnswerAsync(context, call, receiver, result, isResumable: isBackground);
    }

    /// <summary>Runs a call about one that is kept.</summary>
    /// <param name="context">The client's request; its body has been read.</param>
    /// <param name="call">What to send, to the key of the interaction.</param>
    /// <returns>How it ended.</returns>
    public async ValueTask<CallResult> RunAsync(HttpContext context, UpstreamCall call)
    {
        using var receiver = new InteractionReceiver(context, InteractionContracts.Kept, namesResource: true);
        var result = await loop.RunAsync(call, receiver, context.RequestAborted);
        await AnswerAsync(context, call, receiver, result, isResumable: true);
        return result;
    }

    private static async ValueTask AnswerAsync(HttpContext context, UpstreamCall call, InteractionReceiver receiver, CallResult result, bool isResumable)
    {
        if (await receiver.TryWriteAsync(result) || context.RequestAborted.IsCancellationRequested)
        {
            return;
        }

        if (receiver.HasCommitted)
        {
            await receiver.InterruptAsync(isResumable);
        }
        else if (receiver.UpstreamError is { } error && result.Failure!.Attempt is { Status: null, Outcome.Kind: CallOutcomeKind.RequestRejected or CallOutcomeKind.UpstreamUnavailable })
        {
            Streaming.AnswerHeaders.SetCall(context.Response, result.Attempts, result.KeyId);
            await ErrorAnswers.WriteAsync(context, Face.Interactions, error);
        }
        else
        {
            await CallFailureAnswer.WriteNativeAsync(context, Face.Interactions, result, call.Model, asArray: false);
        }
    }
}
