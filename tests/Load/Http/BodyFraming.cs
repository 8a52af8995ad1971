using System.Buffers.Text;

namespace GeminiBalance.Load.Http;

/// <summary>Where a body ends: after so many bytes, or after the last chunk. A mutable value that lives in its connection.</summary>
internal struct BodyFraming
{
    private readonly bool _chunked;
    private long _remaining;
    private bool _lastChunkSeen;
    private bool _chunkEndDue;

    public BodyFraming(long contentLength, bool closesConnection)
    {
        _remaining = contentLength;
        IsComplete = contentLength == 0;
        ClosesConnection = closesConnection;
    }

    private BodyFraming(bool closesConnection)
    {
        _chunked = true;
        ClosesConnection = closesConnection;
    }

    public bool IsComplete { get; private set; }

    public readonly bool ClosesConnection { get; }

    public static BodyFraming Chunked(bool closesConnection) => new(closesConnection);

    /// <summary>How many of the received bytes are body.</summary>
    /// <param name="received">What has arrived and was not taken yet.</param>
    /// <param name="skipped">Bytes of framing in front of the body's.</param>
    /// <returns>Zero when more bytes are needed, or when the body is complete.</returns>
    public int Take(ReadOnlySpan<byte> received, out int skipped)
    {
        skipped = 0;
        while (_chunked && _remaining == 0 && !IsComplete)
        {
            var lineEnd = received[skipped..].IndexOf("\r\n"u8);
            if (lineEnd < 0)
            {
                return 0;
            }

            var line = received.Slice(skipped, lineEnd);
            skipped += lineEnd + 2;
            ReadLine(line);
        }

        var taken = (int)Math.Min(_remaining, received.Length - skipped);
        _remaining -= taken;
        _chunkEndDue |= taken > 0;
        IsComplete |= !_chunked && _remaining == 0;
        return taken;
    }

    private void ReadLine(ReadOnlySpan<byte> line)
    {
        if (_lastChunkSeen)
        {
            IsComplete = line.IsEmpty;
        }
        else if (_chunkEndDue)
        {
            _chunkEndDue = false;
        }
        else if (Utf8Parser.TryParse(line, out long size, out _, 'x'))
        {
            _remaining = size;
            _lastChunkSeen = size == 0;
        }
        else
        {
            throw new IOException("A chunk without a size.");
        }
    }
}
