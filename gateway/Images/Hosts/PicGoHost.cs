using GeminiBalance.Gateway.Settings;

namespace GeminiBalance.Gateway.Images.Hosts;

/// <summary>PicGo's site, a Chevereto, or a PicGo server: one upload API in two dialects.</summary>
/// <remarks>https://v4-docs.chevereto.com/developer/api/api-v1.html</remarks>
internal sealed class PicGoHost(PictureHostClient client) : IPictureHost
{
    private const string OwnSite = "www.picgo.net";

    public ImageHostKind Kind => ImageHostKind.PicGo;

    public bool IsConfigured(ImageSettings settings) => settings.PicGoKey is not null;

    public async Task<Uri> KeepAsync(Picture picture, GatewaySettings settings, CancellationToken cancellationToken)
    {
        var url = settings.Images.PicGoUrl;
        var key = settings.Images.PicGoKey!.Reveal();
        var takesHeader = url.Host.Equals(OwnSite, StringComparison.OrdinalIgnoreCase);
        using var request = new HttpRequestMessage(HttpMethod.Post, takesHeader ? url : new Uri($"{url.OriginalString.TrimEnd('/')}?key={Uri.EscapeDataString(key)}"))
        {
            Content = PictureHostClient.Form("source", picture),
        };
        if (takesHeader)
        {
            request.Headers.TryAddWithoutValidation("X-API-Key", key);
        }

        var answer = await client.AskAsync(request, cancellationToken);
        return PictureHostClient.AddressOf(
            answer.Member("image").Text("url") ?? (answer.Member("result").First() is { ValueKind: System.Text.Json.JsonValueKind.String } first ? first.GetString() : null));
    }
}
