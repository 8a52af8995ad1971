using GeminiBalance.Gateway.Authentication;
using GeminiBalance.Gateway.Endpoints;
using GeminiBalance.Gateway.Settings;

namespace GeminiBalance.Gateway.Resources;

/// <summary>Files, caches, jobs and stores in Google's own dialect: each call goes to the key that owns its resource, byte for byte.</summary>
internal sealed class ResourceEndpoint(
    ResourceExchange exchange, ResourceCreation creation, ResourceLedger ledger, ResourcePins pins, ResourceListEndpoint lists, DownloadEndpoint downloads, ISettingsSource settings)
{
    public Task HandleAsync(HttpContext context, ResourceName name)
    {
        var method = context.Request.Method;
        if (name.Root is not null)
        {
            return ForwardAsync(context, name);
        }

        return name.Method is null && HttpMethods.IsGet(method) ? lists.HandleAsync(context, name)
            : name.Method is null && HttpMethods.IsPost(method) ? CreateAsync(context, name)
            : FaceRoutes.NotFoundAsync(context, Face.Google);
    }

    private async Task CreateAsync(HttpContext context, ResourceName name)
    {
        var current = settings.Current;
        var client = ClientIdentity.Of(context);
        using var body = await RequestBody.ReadAsync(context);
        var key = await pins.FindAsync(body.Written.Span, ResourceAccess.Of(client, current), context.RequestAborted);
        var call = ResourceCalls.Of(current, HttpMethod.Post, name, context.Request.QueryString.Value, client.ClientId, key) with
        {
            Body = body.Written, ContentType = context.Request.ContentType, ClientHeaders = context.Request.Headers,
        };
        await creation.RunAsync(context, Face.Google, call);
    }

    private async Task ForwardAsync(HttpContext context, ResourceName name)
    {
        var current = settings.Current;
        var client = ClientIdentity.Of(context);
        var (resource, _) = await ledger.FindAsync(name.Root!, ResourceAccess.Of(client, current), context.RequestAborted);
        if (resource is null)
        {
            await ErrorAnswers.WriteAsync(context, Face.Google, ResourceErrors.NotTheirs(name));
            return;
        }

        var method = new HttpMethod(context.Request.Method);
        var query = context.Request.QueryString.Value;
        var call = ResourceCalls.Of(current, method, name, query, client.ClientId, resource.KeyId) with { ClientHeaders = context.Request.Headers };
        if (method == HttpMethod.Get && (name.Method == "download" || query?.Contains("alt=media", StringComparison.OrdinalIgnoreCase) == true))
        {
            await downloads.RunAsync(context, Face.Google, call);
            return;
        }

        using var body = method == HttpMethod.Get || !ClientBody.MayCome(context) ? null : await RequestBody.ReadAsync(context);
        if (body is { Count: > 0 })
        {
            call = call with { Body = body.Written, ContentType = context.Request.ContentType };
        }

        await exchange.RunAsync(context, Face.Google, call, (name, resource));
    }
}
