using Microsoft.AspNetCore.Http.Extensions;

namespace GeminiBalance.Gateway.Resources;

/// <summary>The gateway's own address of an upload, as the client reaches the gateway.</summary>
internal static class UploadAddress
{
    public const string TicketParameter = "upload_id";

    /// <summary>It goes to the client that asked, so what a proxy in front says of the client's side is believed.</summary>
    public static string Of(HttpRequest request, ResourceTicket ticket)
    {
        var scheme = First(request.Headers["X-Forwarded-Proto"]) is { } forwarded && (forwarded is "http" or "https") ? forwarded : request.Scheme;
        var host = First(request.Headers["X-Forwarded-Host"]) is { } named && Uri.CheckHostName(new HostString(named).Host) != UriHostNameType.Unknown
            ? new HostString(named)
            : request.Host;
        return UriHelper.BuildAbsolute(scheme, host, request.PathBase, request.Path, new QueryString($"?{TicketParameter}={ticket.Text}&upload_protocol=resumable"));
    }

    private static string? First(string? values) => values?.Split(',')[0].Trim() is { Length: > 0 } first ? first : null;
}
