using GeminiBalance.Gateway.Settings;

namespace GeminiBalance.Gateway.Images;

/// <summary>Somewhere that keeps pictures and gives addresses for them.</summary>
internal interface IPictureHost
{
    ImageHostKind Kind { get; }

    /// <summary>Whether the settings say enough to try.</summary>
    bool IsConfigured(ImageSettings settings);

    /// <returns>The address under which everybody can see the picture.</returns>
    /// <exception cref="PictureHostException">The host did not take it.</exception>
    Task<Uri> KeepAsync(Picture picture, GatewaySettings settings, CancellationToken cancellationToken);
}
