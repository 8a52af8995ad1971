using GeminiBalance.Gateway.Endpoints;
using GeminiBalance.Gateway.Forwarding;
using GeminiBalance.Gateway.Streaming;
using GeminiBalance.Gateway.Upstream;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Resources;

/// <summary>Runs calls that make, change or show resources: what the upstream says of them is written down before the client hears it.</summary>
internal sealed class ResourceExchange(AttemptLoop loop, ResourceLedger ledger)
{
    /// <summary>Runs a call and answers the client in the upstream's bytes.</summary>
    /// <param name="context">The client's request; its body has been read.</param>
    /// <param name="face">The dialect of errors.</param>
    /// <param name="call">What to send.</param>
    /// <param name="about">The resource the call is about; null when it makes one.</param>
    public async Task RunAsync(HttpContext context, Face face, UpstreamCall call, (ResourceName Name, OwnedResource Resource)? about = null)
    {
        using var receiver = new BufferedReceiver(AnswerContract.GeminiOther);
        var result = await RunAsync(call, receiver, about, context.RequestAborted);
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

    /// <summary>Runs a call and writes down what it says.</summary>
    public async ValueTask<CallResult> RunAsync(
        UpstreamCall call, BufferedReceiver receiver, (ResourceName Name, OwnedResource Resource)? about, CancellationToken client)
    {
        var result = await loop.RunAsync(call, receiver, client);
        if (result.Failure is null)
        {
            // From here on the upstream has it: a client that leaves now must not keep it from being written down.
            await RecordAsync(call, receiver.Body, result.KeyId!.Value, about, CancellationToken.None);
        }
        else if (about is { Name: { IsRoot: true, Method: null }, Resource: var gone } && IsGone(result.Failure))
        {
            await ledger.RemoveAsync(gone, CancellationToken.None);
        }

        return result;
    }

    /// <summary>Whether the upstream has deleted what the call was about: it says 404, or 403 in the words of "may not exist".</summary>
    public static bool IsGone(CallFailure failure) =>
        failure.Attempt is { Outcome.Kind: CallOutcomeKind.RequestRejected, Status: StatusCodes.Status404NotFound or StatusCodes.Status403Forbidden };

    private async ValueTask RecordAsync(
        UpstreamCall call, ReadOnlyMemory<byte> body, KeyId key, (ResourceName Name, OwnedResource Resource)? about, CancellationToken cancellationToken)
    {
        if (about is { Name: { IsRoot: true, Method: null }, Resource: var deleted } && call.Method == HttpMethod.Delete)
        {
            await ledger.RemoveAsync(deleted, cancellationToken);
            return;
        }

        if (about?.Resource.Json is { } last && last.Span.SequenceEqual(body.Span))
        {
            return;
        }

        // The buffer is rented; what is kept must have memory of its own.
        if (AnsweredResource.Read(body.ToArray()) is { } answered)
        {
            var known = about is { } subject && subject.Resource.Name == answered.Name.Root ? subject.Resource : null;
            await ledger.RecordAsync(answered, key, call.ClientId, known, cancellationToken);
        }
    }
}
