using System.Net.WebSockets;

namespace GeminiBalance.Replay.Tests.Hosts;

/// <summary>Whole messages of a web socket.</summary>
internal static class SocketMessages
{
    /// <returns>Null when the other side has closed.</returns>
    public static async Task<byte[]?> ReceiveWholeAsync(this WebSocket socket, CancellationToken cancellationToken)
    {
        using var message = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer, cancellationToken);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            message.Write(buffer, 0, part.Count);
            if (part.EndOfMessage)
            {
                return message.ToArray();
            }
        }
    }
}
