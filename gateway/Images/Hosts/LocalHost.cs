using GeminiBalance.Gateway.Settings;

namespace GeminiBalance.Gateway.Images.Hosts;

/// <summary>Files that the gateway serves itself. Who has an address can see the picture; nobody can guess one.</summary>
internal sealed class LocalHost(LocalPictures pictures) : IPictureHost
{
    public ImageHostKind Kind => ImageHostKind.Local;

    public bool IsConfigured(ImageSettings settings) => true;

    public async Task<Uri> KeepAsync(Picture picture, GatewaySettings settings, CancellationToken cancellationToken)
    {
        await pictures.AddAsync(picture.Name, picture.Bytes, settings, cancellationToken);
        return new Uri($"{picture.GatewayAddress.OriginalString.TrimEnd('/')}{LocalPicturesEndpoint.Prefix}{picture.Name}");
    }
}
