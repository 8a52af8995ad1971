using GeminiBalance.Gateway.Endpoints;
using GeminiBalance.Gateway.Settings;

namespace GeminiBalance.Gateway.Images;

/// <summary>Where clients fetch pictures that this gateway keeps.</summary>
internal static class PictureAddress
{
    /// <summary>What is configured, else what the request came to.</summary>
    public static Uri Of(HttpRequest request, GatewaySettings settings)
    {
        if (settings.Images.LocalUrl is { } configured)
        {
            return configured;
        }

        var (scheme, host) = GatewayAddress.Of(request);
        return Uri.TryCreate($"{scheme}://{host.ToUriComponent()}", UriKind.Absolute, out var address) ? address : new Uri("http://localhost");
    }
}
