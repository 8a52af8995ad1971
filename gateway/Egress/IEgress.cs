using System.Net;
using GeminiBalance.Gateway.Settings;

namespace GeminiBalance.Gateway.Egress;

/// <summary>The one way out of this process: every call that leaves it goes through here, so that <c>PROXIES</c> holds for all of them.</summary>
internal interface IEgress
{
    /// <summary>
    /// The client for a call to a host that the operator has chosen: the upstream, an image host. Calls of one owner leave by the same proxy as long
    /// as it works. It serves web sockets too: <c>socket.ConnectAsync(address, client, token)</c>. Not to be disposed; to be asked for anew for each call.
    /// </summary>
    /// <param name="settings">Of the call.</param>
    /// <param name="owner">The id of the key that is sent, else the host's name.</param>
    /// <returns>Null when there are proxies, and none of them works now.</returns>
    HttpMessageInvoker? ClientFor(GatewaySettings settings, string owner);

    /// <summary>Opens a connection to a host that a client has named.</summary>
    /// <param name="addresses">The host's addresses, which the caller has checked; no other one is connected to.</param>
    /// <param name="port">Its port.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="IOException">No proxy gave a connection.</exception>
    /// <exception cref="System.Net.Sockets.SocketException">Without proxies: there is none.</exception>
    ValueTask<Stream> ConnectAsync(IPAddress[] addresses, int port, CancellationToken cancellationToken);
}
