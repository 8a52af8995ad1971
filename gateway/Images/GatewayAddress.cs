using GeminiBalance.Gateway.Settings;

namespace GeminiBalance.Gateway.Images;

/// <summary>The gateway's address as a client reaches it, for addresses in answers.</summary>
internal static class GatewayAddress
{
    /// <summary>What is configured, else what the request came to. A client that lies here only gets a wrong address itself.</summary>
    public static Uri Of(HttpRequest request, GatewaySettings settings)
    {
        if (settings.Images.LocalUrl is { } configured)
        {
            return configured;
        }

        // Behind a proxy that ends TLS, the request itself came without.
        var isSecure = request.IsHttps || request.Headers["X-Forwarded-Proto"].ToString().StartsWith("https", StringComparison.OrdinalIgnoreCase);
        return Uri.TryCreate($"{(isSecure ? "https" : "http")}://{request.Host.ToUriComponent()}", UriKind.Absolute, out var address)
            ? address
            : new Uri("http://localhost");
    }
}
