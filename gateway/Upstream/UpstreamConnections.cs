using System.Net;
using System.Text;

namespace GeminiBalance.Gateway.Upstream;

/// <summary>The one handler of this process: its pool of connections serves all keys and clients.</summary>
internal static class UpstreamConnections
{
    public static HttpMessageInvoker Create() => new(
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
            UseProxy = false, // HTTP_PROXY in the environment is not a decision about keys.
        },
        disposeHandler: true);
}
