using GeminiBalance.Gateway.Egress;
using GeminiBalance.Gateway.Settings;

namespace GeminiBalance.Gateway.Images.Hosts;

/// <summary>Lets uploads leave as all calls do, by the proxies of the moment; those to one host by the same.</summary>
internal sealed class EgressHandler(IEgress egress, ISettingsSource settings) : HttpMessageHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        egress.ClientFor(settings.Current, request.RequestUri!.Host)?.SendAsync(request, cancellationToken)
        ?? throw new PictureHostException("none of the PROXIES works now");
}
