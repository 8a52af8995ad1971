using System.Net;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;

namespace GeminiBalance.Gateway.Upstream;

/// <summary>The handshake of RFC 6455, over the same connections, proxies and credentials as every other call.</summary>
internal static class WebSocketUpgrade
{
    private const string KeyHeader = "Sec-WebSocket-Key";
    private const string AcceptHeader = "Sec-WebSocket-Accept";
    private const int KeyBytes = 16;

    // The constant of https://www.rfc-editor.org/rfc/rfc6455#section-1.3.
    private const string Salt = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    public static void Prepare(HttpRequestMessage request)
    {
        request.Version = HttpVersion.Version11;
        request.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
        request.Headers.TryAddWithoutValidation("Connection", "Upgrade");
        request.Headers.TryAddWithoutValidation("Upgrade", "websocket");
        request.Headers.TryAddWithoutValidation("Sec-WebSocket-Version", "13");
        request.Headers.TryAddWithoutValidation(KeyHeader, Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes)));
    }

    /// <returns>Null when the answer is not one to our handshake.</returns>
    public static WebSocket? Open(UpstreamAnswer answer)
    {
        if (answer.Response.StatusCode != HttpStatusCode.SwitchingProtocols
            || answer.Response.RequestMessage?.Headers.NonValidated.TryGetValues(KeyHeader, out var key) != true
            || !answer.Response.Headers.NonValidated.TryGetValues(AcceptHeader, out var accept)
            || accept.ToString() != AcceptOf(key.ToString()))
        {
            return null;
        }

        return WebSocket.CreateFromStream(answer.Connection, new WebSocketCreationOptions { IsServer = false, KeepAliveInterval = Limits.LivePingInterval });
    }

#pragma warning disable CA5350 // The protocol's own checksum; nothing is kept secret by it.
    private static string AcceptOf(string key) => Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + Salt)));
#pragma warning restore CA5350
}
