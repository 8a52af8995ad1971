namespace GeminiBalance.Gateway.Endpoints;

/// <summary>The gateway's address as a client reaches it, for addresses in answers.</summary>
internal static class GatewayAddress
{
    /// <summary>What a proxy in front says of the client's side is believed: a client that lies here only gets a wrong address itself.</summary>
    public static (string Scheme, HostString Host) Of(HttpRequest request)
    {
        var scheme = First(request.Headers["X-Forwarded-Proto"])?.ToLowerInvariant() is { } forwarded and ("http" or "https") ? forwarded : request.Scheme;
        var host = First(request.Headers["X-Forwarded-Host"]) is { } named && Uri.CheckHostName(new HostString(named).Host) != UriHostNameType.Unknown
            ? new HostString(named)
            : request.Host;
        return (scheme, host);
    }

    private static string? First(string? values) => values?.Split(',')[0].Trim() is { Length: > 0 } first ? first : null;
}
