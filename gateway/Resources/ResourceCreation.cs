using GeminiBalance.Gateway.Endpoints;
using GeminiBalance.Gateway.Forwarding;
using GeminiBalance.Gateway.Streaming;
using GeminiBalance.Gateway.Upstream;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Resources;

/// <summary>Runs calls that make something which then belongs to a key: with the key of what the client made just before, or with another when that cannot.</summary>
internal sealed class ResourceCreation(ResourceExchange exchange, ResourceGroups groups)
{
    /// <param name="call">What to send, pinned when it names resources.</param>
    /// <param name="receiver">Reads the answer.</param>
    /// <param name="client">Fires when the client leaves.</param>
    public async ValueTask<CallResult> RunAsync(UpstreamCall call, BufferedReceiver receiver, CancellationToken client)
    {
        if (call.Pinned is not null)
        {
            return await exchange.RunAsync(call, receiver, about: null, client);
        }

        var (preferred, affinity) = await groups.FindAsync(call.ClientId, client);
        if (preferred is not null)
        {
            var result = await exchange.RunAsync(call with { Pinned = preferred }, receiver, about: null, client);
            if (result.Failure is not { } failure || !IsTheKeys(failure) || call.Stream is { HasStarted: true })
            {
                return result;
            }
        }

        return await exchange.RunAsync(call with { Affinity = affinity }, receiver, about: null, client);
    }

    /// <summary>Runs a call and answers the client in the upstream's bytes.</summary>
    public async Task RunAsync(HttpContext context, Face face, UpstreamCall call)
    {
        using var receiver = new BufferedReceiver(AnswerContract.GeminiOther);
        var result = await RunAsync(call, receiver, context.RequestAborted);
        if (result.Failure is null)
        {
            AnswerHeaders.SetCall(context.Response, result.Attempts, result.KeyId);
            await receiver.WriteAsync(context);
        }
        else if (!context.RequestAborted.IsCancellationRequested)
        {
            await CallFailureAnswer.WriteNativeAsync(context, face, result, call.Model, asArray: false);
        }
    }

    private static bool IsTheKeys(CallFailure failure) => failure.Denial is not null
        || failure.Attempt?.Outcome.Kind is CallOutcomeKind.KeyRejected or CallOutcomeKind.KeySuspended or CallOutcomeKind.KeyRateLimited or CallOutcomeKind.KeyDayExhausted;
}
