using GeminiBalance.Gateway.Endpoints;
using GeminiBalance.Gateway.Streaming;
using GeminiBalance.Gateway.Upstream;

namespace GeminiBalance.Gateway.Resources;

/// <summary>Begins an upload: the upstream's address for the bytes is kept, and the client gets one of this gateway.</summary>
internal sealed class UploadStart(ResourceCreation creation, ResourceLedger ledger, TimeProvider time)
{
    public async Task RunAsync(HttpContext context, UpstreamCall call)
    {
        using var body = await RequestBody.ReadAsync(context);
        if (call.Pinned is null && NameIn(body.Written) is { } name)
        {
            // A client that uses a name again must meet its own file, and the upstream's refusal.
            var (known, _) = await ledger.FindAsync(name, new ResourceAccess(call.ClientId, SeesAll: false), context.RequestAborted);
            call = call with { Pinned = known?.KeyId };
        }

        using var receiver = new BufferedReceiver(AnswerContract.GeminiOther);
        var result = await creation.RunAsync(call with { Body = body.Written }, receiver, context.RequestAborted);
        if (result.Failure is not null)
        {
            await CallFailureAnswer.WriteNativeAsync(context, Face.Google, result, call.Model, asArray: false);
            return;
        }

        string? address = null;
        if (UploadHeaders.AddressIn(receiver.Response, call.Address) is { } upstream)
        {
            var ticket = ResourceTicket.Create();
            var now = time.GetUtcNow();
            await ledger.SaveAsync(
                [
                    new OwnedResource
                    {
                        Name = ticket.RowName, Collection = ResourceCollection.Uploads, KeyId = result.KeyId!.Value, ClientId = call.ClientId,
                        CreatedAt = now, ExpiresAt = now + Limits.UploadLifetime, Json = ticket.Seal(upstream),
                    },
                ],
                context.RequestAborted);
            address = UploadAddress.Of(context.Request, ticket);
        }

        UploadHeaders.Copy(receiver.Response, context.Response, address);
        AnswerHeaders.SetCall(context.Response, result.Attempts, result.KeyId);
        await receiver.WriteAsync(context);
    }

    // The name that the client has chosen itself.
    private static string? NameIn(ReadOnlyMemory<byte> body) => LenientJson.Read(body, static root =>
        ResourceName.TryParse(LenientJson.Text(LenientJson.Member(LenientJson.Member(root, "file"), "name")), out var name) ? name.Root : null);
}
