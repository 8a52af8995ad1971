using GeminiBalance.Gateway.Forwarding;
using GeminiBalance.Gateway.Streaming;
using GeminiBalance.Gateway.Upstream;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Endpoints;

/// <summary>Runs a call whose answer passes byte for byte, and answers the client.</summary>
internal static class NativeExchange
{
    /// <param name="context">The client's request; its body has been read.</param>
    /// <param name="face">The dialect of errors.</param>
    /// <param name="loop">The attempt loop.</param>
    /// <param name="call">What to send.</param>
    /// <param name="contract">What counts as an answer.</param>
    /// <param name="isStream">Whether the answer is passed on event by event.</param>
    /// <param name="asArray">Whether errors stand in an array.</param>
    public static Task RunAsync(HttpContext context, Face face, AttemptLoop loop, UpstreamCall call, AnswerContract contract, bool isStream, bool asArray) =>
        isStream ? RelayAsync(context, face, loop, call, contract, asArray) : AnswerAsync(context, face, loop, call, contract);

    /// <summary>Passes a stream on event by event.</summary>
    public static async Task RelayAsync(
        HttpContext context, Face face, AttemptLoop loop, UpstreamCall call, AnswerContract contract, bool asArray, TextPacer? pacer = null)
    {
        var receiver = new RelayReceiver(context, face, contract, pacer);
        var result = await loop.RunAsync(call, receiver, context.RequestAborted);
        if (result.Failure is null || await receiver.TryWriteEmptyAsync(result))
        {
            return;
        }

        if (context.RequestAborted.IsCancellationRequested)
        {
            return;
        }

        if (receiver.HasCommitted)
        {
            throw new StreamInterruptedException();
        }

        await CallFailureAnswer.WriteNativeAsync(context, face, result, call.Model, asArray);
    }

    private static async Task AnswerAsync(HttpContext context, Face face, AttemptLoop loop, UpstreamCall call, AnswerContract contract)
    {
        using var receiver = new BufferedReceiver(contract);
        var result = await loop.RunAsync(call, receiver, context.RequestAborted);
        if (result.Failure is null || ((receiver.IsWholeButEmpty || receiver.IsWholeButUnfinished) && result.Failure.Attempt?.Outcome.Kind == CallOutcomeKind.UpstreamBroken))
        {
            AnswerHeaders.SetCall(context.Response, result.Attempts, result.KeyId);
            await receiver.WriteAsync(context);
            return;
        }

        await CallFailureAnswer.WriteNativeAsync(context, face, result, call.Model, asArray: false);
    }
}
