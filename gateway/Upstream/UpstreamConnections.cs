using System.Net;
using System.Text;

namespace GeminiBalance.Gateway.Upstream;

/// <summary>Handlers for hosts that the operator has chosen: one for each way out of this process; its pool of connections serves all keys and clients.</summary>
internal static class UpstreamConnections
{
    /// <param name="connect">Opens connections; null for straight ones.</param>
    public static HttpMessageInvoker Create(Func<DnsEndPoint, CancellationToken, ValueTask<Stream>>? connect = null) => new(
        new SocketsHttpHandler
        {
            AllowAutoRedirect = false, // A redirect would carry the key to another host.
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = null,
            ConnectTimeout = Limits.UpstreamConnectTimeOut,
            EnableMultipleHttp2Connections = true,
            RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8, // As the client's were read; ASCII alone would make its "ü" our failure.
            PooledConnectionIdleTimeout = Limits.UpstreamConnectionIdleTime,
            PooledConnectionLifetime = Limits.UpstreamConnectionLifetime,
            UseCookies = false,
            ConnectCallback = connect is null ? null : (context, cancellationToken) => connect(context.DnsEndPoint, cancellationToken),
            UseProxy = false, // HTTP_PROXY in the environment is not a decision about keys.
        },
        disposeHandler: true);
}
