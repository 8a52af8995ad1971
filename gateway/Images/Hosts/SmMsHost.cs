using GeminiBalance.Gateway.Settings;

namespace GeminiBalance.Gateway.Images.Hosts;

/// <summary>SM.MS.</summary>
/// <remarks>https://doc.sm.ms/</remarks>
internal sealed class SmMsHost(PictureHostClient client) : IPictureHost
{
    private static readonly Uri Address = new("https://sm.ms/api/v2/upload");

    public ImageHostKind Kind => ImageHostKind.SmMs;

    public bool IsConfigured(ImageSettings settings) => settings.SmMsToken is not null;

    public async Task<Uri> KeepAsync(Picture picture, GatewaySettings settings, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Address) { Content = PictureHostClient.Form("smfile", picture) };
        request.Headers.TryAddWithoutValidation("Authorization", $"Basic {settings.Images.SmMsToken!.Reveal()}");
        var answer = await client.AskAsync(request, cancellationToken);

        // A picture it has already is an error to it, and has its address elsewhere.
        return PictureHostClient.AddressOf(answer.Member("data").Text("url") ?? answer.Text("images"));
    }
}
