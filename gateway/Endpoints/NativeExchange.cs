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

    /// <summary>Tells the client how a stream ended that is passed on event by event.</summary>
    /// <param name="context">The client's request.</param>
    /// <param name="receiver">What passes it on.</param>
    /// <param name="run">The calls.</param>
    /// <param name="face">The dialect of errors.</param>
    /// <param name="call">What was sent.</param>
    /// <param name="asArray">Whether errors stand in an array.</param>
    public static async Task RelayAsync(
        HttpContext context, RelayReceiver receiver, ValueTask<CallResult> run, Face face, UpstreamCall call, bool asArray)
    {
        var result = await run;
        if (result.Failure is not { } failure || await receiver.TryWriteEmptyAsync(result) || context.RequestAborted.IsCancellationRequested)
        {
            return;
        }

        if (receiver.HasStarted)
        {
            await receiver.InterruptAsync(receiver.Error ?? CallFailureAnswer.Explain(failure, call.Model));
        }

        await CallFailureAnswer.WriteNativeAsync(context, face, result, call.Model, asArray);
    }

    private static Task RelayAsync(HttpContext context, Face face, AttemptLoop loop, UpstreamCall call, AnswerContract contract, bool asArray)
    {
        var receiver = new RelayReceiver(context, face, contract);
        return RelayAsync(context, receiver, loop.RunAsync(call, receiver, context.RequestAborted), face, call, asArray);
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
