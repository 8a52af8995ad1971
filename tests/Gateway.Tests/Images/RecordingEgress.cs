using System.Net;
using GeminiBalance.Gateway.Egress;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Upstream;

namespace GeminiBalance.Gateway.Tests.Images;

/// <summary>A way out that remembers who asked for it, and can be closed to one of them.</summary>
internal sealed class RecordingEgress : IEgress, IDisposable
{
    private readonly HttpMessageInvoker straight = UpstreamConnections.Create();

    public List<string> Owners { get; } = [];

    /// <summary>Who gets no client.</summary>
    public string? Closed { get; set; }

    public HttpMessageInvoker? ClientFor(GatewaySettings settings, string owner)
    {
        Owners.Add(owner);
        return owner == Closed ? null : straight;
    }

    public ValueTask<Stream> ConnectAsync(IPAddress[] addresses, int port, CancellationToken cancellationToken) => throw new NotSupportedException();

    public void Dispose() => straight.Dispose();
}
