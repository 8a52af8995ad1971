using System.Net;
using System.Net.Sockets;

namespace GeminiBalance.Load.Http;

/// <summary>One HTTP/1.1 keep-alive connection that does as little as it can, so that the generator is not what is measured. One exchange at a time.</summary>
internal sealed class LeanConnection : IDisposable
{
    /// <summary>The largest head, and the largest piece of a body handed out at once.</summary>
    private const int BufferBytes = 64 * 1024;

    private readonly Socket _socket;
    private readonly byte[] _buffer = new byte[BufferBytes];
    private int _start;
    private int _end;
    private BodyFraming _framing;

    private LeanConnection(Socket socket) => _socket = socket;

    /// <summary>False after an answer that closes the connection, or after a failure.</summary>
    public bool IsReusable { get; private set; } = true;

    /// <summary>Whether any byte of the current answer has come.</summary>
    public bool HasAnswered { get; private set; }

    public static async Task<LeanConnection> ConnectAsync(IPEndPoint endPoint, CancellationToken cancellationToken)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(endPoint, cancellationToken);
            return new LeanConnection(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Sends a whole request and waits for the answer's head. The body must be read to its end before the next request.</summary>
    /// <exception cref="IOException">The other side closed the connection, or does not speak HTTP/1.1.</exception>
    public async ValueTask<ResponseHead> SendAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        (IsReusable, HasAnswered) = (false, _start < _end);
        while (!request.IsEmpty)
        {
            request = request[await _socket.SendAsync(request, SocketFlags.None, cancellationToken)..];
        }

        int headBytes;
        while ((headBytes = _buffer.AsSpan(_start, _end - _start).IndexOf("\r\n\r\n"u8)) < 0)
        {
            await ReceiveMoreAsync(cancellationToken);
        }

        var head = ResponseHeadParser.Parse(_buffer.AsSpan(_start, headBytes), out _framing);
        _start += headBytes + 4;
        return head;
    }

    /// <summary>The next decoded piece of the body, valid until the next call; empty at the end.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> ReadBodyAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var taken = _framing.Take(_buffer.AsSpan(_start, _end - _start), out var skipped);
            var piece = _buffer.AsMemory(_start + skipped, taken);
            _start += skipped + taken;
            if (taken > 0)
            {
                return piece;
            }

            if (_framing.IsComplete)
            {
                IsReusable = !_framing.ClosesConnection;
                return default;
            }

            await ReceiveMoreAsync(cancellationToken);
        }
    }

    /// <summary>Reads the body to its end.</summary>
    /// <returns>The number of decoded bytes.</returns>
    public async ValueTask<long> DrainAsync(CancellationToken cancellationToken)
    {
        long bytes = 0;
        while (true)
        {
            var piece = await ReadBodyAsync(cancellationToken);
            if (piece.IsEmpty)
            {
                return bytes;
            }

            bytes += piece.Length;
        }
    }

    public void Dispose() => _socket.Dispose();

    private async ValueTask ReceiveMoreAsync(CancellationToken cancellationToken)
    {
        if (_start == _end)
        {
            _start = _end = 0;
        }
        else if (_end == _buffer.Length)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            throw new IOException($"A head or a chunk line of more than {BufferBytes} bytes.");
        }

        var received = await _socket.ReceiveAsync(_buffer.AsMemory(_end), SocketFlags.None, cancellationToken);
        if (received == 0)
        {
            throw new IOException("The connection was closed in the middle of an answer.");
        }

        _end += received;
        HasAnswered = true;
    }
}
