using System.Net.Sockets;

namespace GeminiBalance.Conformance.Tests.BadInput;

/// <summary>Sends bytes on a connection of its own and reads the answer to its end.</summary>
internal static class RawConnection
{
    private static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(30);

    /// <param name="address">The server.</param>
    /// <param name="bytes">Everything that is sent.</param>
    /// <param name="isShort">Whether more was promised: then our side of the connection is closed.</param>
    /// <param name="received">Sees every byte that comes.</param>
    /// <returns>Null when the server closed the connection without an answer.</returns>
    public static async Task<RawAnswer?> AskAsync(Uri address, byte[] bytes, bool isShort, Action<ReadOnlySpan<byte>> received)
    {
        using var patience = new CancellationTokenSource(WaitMax, TimeProvider.System);
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, patience.Token);
        await using var stream = client.GetStream();
        var sending = SendAsync(client, stream, bytes, isShort, patience.Token);
        using var answer = new MemoryStream();
        var buffer = new byte[64 * 1024];
        try
        {
            while (await stream.ReadAsync(buffer, patience.Token) is var count and > 0)
            {
                received(buffer.AsSpan(0, count));
                answer.Write(buffer, 0, count);
            }
        }
        catch (IOException)
        {
            // Refused before everything was sent: a reset, which may overtake the answer.
        }

        await sending;
        return RawAnswer.Parse(answer.ToArray());
    }

    private static async Task SendAsync(TcpClient client, NetworkStream stream, byte[] bytes, bool isShort, CancellationToken cancellationToken)
    {
        try
        {
            await stream.WriteAsync(bytes, cancellationToken);
            if (isShort)
            {
                client.Client.Shutdown(SocketShutdown.Send);
            }
        }
        catch (IOException)
        {
            // The server answers and closes before it has read all: its right, and the answer tells.
        }
    }
}
