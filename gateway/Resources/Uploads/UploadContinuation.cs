using System.Security.Cryptography;
using GeminiBalance.Gateway.Authentication;
using GeminiBalance.Gateway.Endpoints;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Streaming;

namespace GeminiBalance.Gateway.Resources;

/// <summary>Goes on with an upload through any gateway: bytes, the question how many have arrived, its end or its cancellation.</summary>
internal sealed class UploadContinuation(ResourceExchange exchange, ResourceLedger ledger, ISettingsSource settings)
{
    // Whose an upload is, its ticket says; a token of somebody else's is no help.
    private static readonly ResourceAccess ByTicket = new("", SeesAll: true);

    public async Task HandleAsync(HttpContext context)
    {
        if (!ResourceTicket.TryParse(context.Request.Query[UploadAddress.TicketParameter], out var ticket)
            || (await ledger.FindAsync(ticket.RowName, ByTicket, context.RequestAborted)).Resource is not { Json: { } box } upload
            || !MayUse(context, upload))
        {
            throw new ClientErrorException(ResourceErrors.UploadOver());
        }

        var stream = UploadEndpoint.StreamOf(context);
        var call = ResourceCalls.Of(settings.Current, new HttpMethod(context.Request.Method), Files, query: null, upload.ClientId, upload.KeyId) with
        {
            Address = Open(ticket, box),
            Stream = stream,
            ClientHeaders = context.Request.Headers,
            MoreHeaders = UploadHeaders.ToUpstream,
            ContentType = context.Request.ContentType,
            TakesRedirects = true,
        };
        using var receiver = new BufferedReceiver(AnswerContract.GeminiOther);
        var result = await exchange.RunAsync(call, receiver, about: null, context.RequestAborted);
        if (result.Failure is not null)
        {
            if (stream is { IsTooLong: true })
            {
                throw new ClientErrorException(ResourceErrors.UploadTooLarge());
            }

            await CallFailureAnswer.WriteNativeAsync(context, Face.Google, result, call.Model, asArray: false);
            return;
        }

        if (receiver.Response.Headers.NonValidated.TryGetValues(UploadHeaders.Status, out var status) && status.ToString() is "final" or "cancelled")
        {
            await ledger.RemoveAsync(upload, CancellationToken.None);
        }

        UploadHeaders.Copy(receiver.Response, context.Response, address: null);
        AnswerHeaders.SetCall(context.Response, result.Attempts, result.KeyId);
        await receiver.WriteAsync(context);
    }

    private static ResourceName Files { get; } = new(ResourceCollection.Files, null, ResourceCollection.Files, null);

    private static bool MayUse(HttpContext context, OwnedResource upload) =>
        context.Features.Get<ClientIdentity>() is not { } client || client.IsAdmin || client.ClientId == upload.ClientId;

    private static Uri Open(ResourceTicket ticket, ReadOnlyMemory<byte> box)
    {
        try
        {
            return ticket.Open(box);
        }
        catch (CryptographicException)
        {
            throw new ClientErrorException(ResourceErrors.UploadOver());
        }
    }
}
