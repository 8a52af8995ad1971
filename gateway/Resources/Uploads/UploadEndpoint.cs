using GeminiBalance.Gateway.Authentication;
using GeminiBalance.Gateway.Endpoints;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Upstream;
using GeminiBalance.KeyPool;
using Microsoft.AspNetCore.Http.Features;

namespace GeminiBalance.Gateway.Resources;

/// <summary>Uploads of files and documents: begun, or sent in one request.</summary>
internal sealed class UploadEndpoint(
    UploadStart start, UploadContinuation continuation, ResourceCreation creation, ResourceLedger ledger, ISettingsSource settings)
{
    public Task HandleAsync(HttpContext context)
    {
        if (context.Request.Query.ContainsKey(UploadAddress.TicketParameter))
        {
            return continuation.HandleAsync(context);
        }

        return HttpMethods.IsPost(context.Request.Method) && ResourceName.TryParse(context.GetRouteValue("path") as string, out var name)
            && (name is { Root: null, Collection: ResourceCollection.Files, Method: null } || name is { Collection: "fileSearchStores", IsRoot: true, Method: "uploadToFileSearchStore" })
            ? BeginAsync(context, name)
            : FaceRoutes.NotFoundAsync(context, Face.Google);
    }

    /// <summary>The client's body, to be passed on as it comes.</summary>
    /// <exception cref="ClientErrorException">It is larger than any upload may be.</exception>
    public static StreamedBody? StreamOf(HttpContext context)
    {
        if (!ClientBody.MayCome(context))
        {
            return null;
        }

        AllowUpload(context);
        return new StreamedBody(context.Request.Body, context.Request.ContentLength, Limits.UploadBytesMax);
    }

    /// <summary>Lets the body be as large as an upload may be.</summary>
    /// <exception cref="ClientErrorException">It is larger.</exception>
    public static void AllowUpload(HttpContext context)
    {
        if (context.Request.ContentLength > Limits.UploadBytesMax)
        {
            throw new ClientErrorException(ResourceErrors.UploadTooLarge());
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = Limits.UploadBytesMax;
        }
    }

    private async Task BeginAsync(HttpContext context, ResourceName name)
    {
        var current = settings.Current;
        var client = ClientIdentity.Of(context);
        KeyId? key = null;
        if (name.Root is { } root)
        {
            var (store, _) = await ledger.FindAsync(root, ResourceAccess.Of(client, current), context.RequestAborted);
            key = store?.KeyId ?? throw new ClientErrorException(ResourceErrors.NotTheirs(name));
        }

        var path = name.Method is null ? name.Path : $"{name.Path}:{name.Method}";
        var call = ResourceCalls.Of(current, HttpMethod.Post, name, query: null, client.ClientId, key) with
        {
            Address = UpstreamAddress.OfUpload(current.BaseUrl, path, context.Request.QueryString.Value),
            ClientHeaders = context.Request.Headers,
            MoreHeaders = UploadHeaders.ToUpstream,
            ContentType = context.Request.ContentType,
            TakesRedirects = true,
        };
        if (UploadHeaders.IsStart(context.Request))
        {
            await start.RunAsync(context, call);
        }
        else
        {
            await creation.RunAsync(context, Face.Google, call with { Stream = StreamOf(context) });
        }
    }
}
