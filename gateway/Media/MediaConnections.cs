using System.Net;
using System.Net.Sockets;

namespace GeminiBalance.Gateway.Media;

/// <summary>Connections to hosts that clients name: only to addresses that were checked, so that a second look-up cannot lead elsewhere.</summary>
internal static class MediaConnections
{
    public static HttpMessageInvoker Create(RemoteMediaOptions options) => new(
        new SocketsHttpHandler
        {
            AllowAutoRedirect = false, // Every hop is checked, see RemoteMediaFetcher.
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = null,
            ConnectTimeout = options.TimeOut,
            MaxResponseHeadersLength = 32,
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
            UseCookies = false,
            UseProxy = false,
            ConnectCallback = (context, cancellationToken) => ConnectAsync(context.DnsEndPoint, options, cancellationToken),
        },
        disposeHandler: true);

    private static async ValueTask<Stream> ConnectAsync(DnsEndPoint host, RemoteMediaOptions options, CancellationToken cancellationToken)
    {
        var addresses = IPAddress.TryParse(host.Host, out var literal) ? [literal] : await options.Resolve(host.Host, cancellationToken);
        if (addresses.Length == 0 || !Array.TrueForAll(addresses, address => options.IsAllowed(address)))
        {
            throw new RemoteMediaException("its host is not on the public internet");
        }

        return await options.Connect(addresses, host.Port, cancellationToken);
    }

    /// <summary>Connects straight.</summary>
    public static async ValueTask<Stream> ConnectAsync(IPAddress[] addresses, int port, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
