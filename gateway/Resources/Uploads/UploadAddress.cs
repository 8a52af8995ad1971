using GeminiBalance.Gateway.Endpoints;
using Microsoft.AspNetCore.Http.Extensions;

namespace GeminiBalance.Gateway.Resources;

/// <summary>The gateway's own address of an upload, as the client reaches the gateway.</summary>
internal static class UploadAddress
{
    public const string TicketParameter = "upload_id";

    public static string Of(HttpRequest request, ResourceTicket ticket)
    {
        var (scheme, host) = GatewayAddress.Of(request);
        return UriHelper.BuildAbsolute(scheme, host, request.PathBase, request.Path, new QueryString($"?{TicketParameter}={ticket.Text}&upload_protocol=resumable"));
    }
}
