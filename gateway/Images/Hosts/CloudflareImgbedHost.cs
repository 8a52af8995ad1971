using System.Text;
using GeminiBalance.Gateway.Settings;

namespace GeminiBalance.Gateway.Images.Hosts;

/// <summary>CloudFlare ImgBed.</summary>
/// <remarks>https://cfbed.sanyue.de/en/api/upload.html</remarks>
internal sealed class CloudflareImgbedHost(PictureHostClient client) : IPictureHost
{
    private const string UploadPath = "/upload";

    public ImageHostKind Kind => ImageHostKind.CloudflareImgbed;

    public bool IsConfigured(ImageSettings settings) => settings.ImgbedUrl is not null;

    public async Task<Uri> KeepAsync(Picture picture, GatewaySettings settings, CancellationToken cancellationToken)
    {
        var images = settings.Images;
        var url = images.ImgbedUrl!.OriginalString.TrimEnd('/');
        var query = new StringBuilder("?uploadNameType=origin");
        if (images.ImgbedAuthCode is { } code)
        {
            query.Append("&authCode=").Append(Uri.EscapeDataString(code.Reveal()));
        }

        if (images.ImgbedFolder.Length > 0)
        {
            query.Append("&uploadFolder=").Append(Uri.EscapeDataString(images.ImgbedFolder));
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(url + query)) { Content = PictureHostClient.Form("file", picture) };
        var answer = await client.AskAsync(request, cancellationToken);
        var source = answer.First().Text("src") ?? throw new PictureHostException("its answer names no address");
        var site = url.EndsWith(UploadPath, StringComparison.Ordinal) ? url[..^UploadPath.Length] : url;
        return PictureHostClient.AddressOf(source.StartsWith('/') ? site + source : source);
    }
}
