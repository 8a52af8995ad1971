using System.Net.WebSockets;
using GeminiBalance.Gateway.Upstream;

namespace GeminiBalance.Gateway.Live;

/// <summary>One side of a session. Its faults are values, not exceptions; one receives, and any number may send.</summary>
internal sealed class LivePeer(WebSocket socket) : IDisposable
{
    private readonly SemaphoreSlim turn = new(1);

    /// <summary>Reads the next message as a whole.</summary>
    /// <param name="into">Empty; holds the message afterwards.</param>
    /// <param name="cancellationToken">Ends the connection.</param>
    public async ValueTask<LiveFrame> ReceiveAsync(PooledBuffer into, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                var received = await socket.ReceiveAsync(into.Free(), cancellationToken);
                if (received.MessageType == WebSocketMessageType.Close)
                {
                    var code = socket.CloseStatus ?? WebSocketCloseStatus.Empty;
                    return new(LiveFrameKind.Closed, Close: new LiveClose((int)code, socket.CloseStatusDescription ?? ""));
                }

                into.Advance(received.Count);
                if (received.EndOfMessage)
                {
                    return new(LiveFrameKind.Message, received.MessageType);
                }
            }
        }
        catch (BufferOverflowException)
        {
            return new(LiveFrameKind.TooLarge);
        }
        catch (Exception exception) when (IsGone(exception))
        {
            return new(LiveFrameKind.Broken);
        }
    }

    /// <returns>False when the connection is gone or closed.</returns>
    public async ValueTask<bool> SendAsync(ReadOnlyMemory<byte> message, WebSocketMessageType type, CancellationToken cancellationToken)
    {
        try
        {
            await turn.WaitAsync(cancellationToken);
        }
        catch (Exception exception) when (IsGone(exception))
        {
            return false;
        }

        try
        {
            await socket.SendAsync(message, type, endOfMessage: true, cancellationToken);
            return true;
        }
        catch (Exception exception) when (IsGone(exception))
        {
            return false;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Says that the session ends. The second time nothing is said any more.</summary>
    public async ValueTask CloseAsync(LiveClose close, CancellationToken cancellationToken)
    {
        try
        {
            await turn.WaitAsync(cancellationToken);
            try
            {
                if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                {
                    var said = close.Fit();
                    var status = (WebSocketCloseStatus)said.Code;
                    await socket.CloseOutputAsync(status, status == WebSocketCloseStatus.Empty ? null : said.Reason, cancellationToken);
                }
            }
            finally
            {
                turn.Release();
            }
        }
        catch (Exception exception) when (IsGone(exception) || exception is ArgumentException)
        {
            socket.Abort();
        }
    }

    /// <summary>Ends the connection without a word, whatever waits on it.</summary>
    public void Abort() => socket.Abort();

    public void Dispose()
    {
        socket.Dispose();
        turn.Dispose();
    }

    private static bool IsGone(Exception exception) =>
        exception is WebSocketException or IOException or ObjectDisposedException or OperationCanceledException or InvalidOperationException;
}
