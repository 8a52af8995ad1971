using System.Net.Security;
using System.Net.Sockets;

namespace GeminiBalance.Gateway.Egress;

/// <summary>Opens connections through proxies. Done here and not by the handler, so that whose fault a failure is gets known even when nobody waits any more.</summary>
internal static class ProxyTunnel
{
    /// <param name="proxy">The way.</param>
    /// <param name="host">A host's name, which the proxy looks up, or an IP address.</param>
    /// <param name="port">Its port.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="EgressException">The proxy gave no connection.</exception>
    public static async ValueTask<Stream> OpenAsync(ProxyAddress proxy, string host, int port, CancellationToken cancellationToken)
    {
        var stream = await ConnectAsync(proxy, cancellationToken);
        try
        {
            if (proxy.Scheme == ProxyScheme.Https)
            {
                stream = await SecureAsync(proxy, stream, cancellationToken);
            }

            await (proxy.Scheme == ProxyScheme.Socks5
                ? Socks5Handshake.RunAsync(stream, proxy, host, port, cancellationToken)
                : HttpConnectHandshake.RunAsync(stream, proxy, host, port, cancellationToken));
            return stream;
        }
        catch (Exception failure)
        {
            await stream.DisposeAsync();
            throw failure switch
            {
                EgressException or OperationCanceledException => failure,
                IOException or SocketException => new EgressException($"the proxy {proxy.Name} broke the connection off", inner: failure),
                _ => new EgressException($"the proxy {proxy.Name} does not speak its protocol", inner: failure),
            };
        }
    }

    private static async ValueTask<Stream> ConnectAsync(ProxyAddress proxy, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(proxy.Host, proxy.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (SocketException failure)
        {
            socket.Dispose();
            throw new EgressException($"the proxy {proxy.Name} cannot be reached ({failure.SocketErrorCode})", inner: failure);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async ValueTask<Stream> SecureAsync(ProxyAddress proxy, Stream inner, CancellationToken cancellationToken)
    {
        var secured = new SslStream(inner);
        try
        {
            await secured.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = proxy.Host }, cancellationToken);
            return secured;
        }
        catch
        {
            await secured.DisposeAsync();
            throw;
        }
    }
}
