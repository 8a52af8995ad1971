namespace GeminiBalance.Protocol.Streaming;

/// <summary>Bytes of a Gemini stream to events, however the network cut them. Push bytes in, pull events out; no I/O.</summary>
/// <remarks>
/// Not <c>SseParser</c>: Google reports an error in the middle of a 200 stream as a bare pretty-printed JSON object without <c>data:</c>, whose
/// lines a parser of server-sent events has to ignore. Accepts CRLF, LF and CR, data of several lines, comments and a byte order mark.
/// </remarks>
/// <param name="eventBytesMax">The largest event, in bytes.</param>
public sealed class GeminiStreamParser(int eventBytesMax)
{
    private const int FirstBufferBytes = 16 * 1024;
    private static readonly byte[] LineBreak = "\n"u8.ToArray();

    private readonly EventData data = new(eventBytesMax);
    private byte[] buffer = new byte[Math.Min(FirstBufferBytes, eventBytesMax)];
    private int start;
    private int scanned;
    private int end;
    private bool skipLineFeed;
    private bool begun;
    private bool ended;
    private bool delivered;

    /// <summary>Where to put the next bytes; at least one. Follow with <see cref="Advance"/>. Ends the life of the last event.</summary>
    /// <exception cref="StreamTooLargeException">A line is larger than an event may be.</exception>
    public Memory<byte> GetMemory()
    {
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            scanned -= start;
            end -= start;
            start = 0;
        }

        if (end == buffer.Length)
        {
            // The line's own "data:" needs a few bytes more than the event.
            if (buffer.Length > eventBytesMax)
            {
                throw new StreamTooLargeException(eventBytesMax);
            }

            Array.Resize(ref buffer, (int)Math.Min(buffer.Length * 2L, eventBytesMax + 64L));
        }

        return buffer.AsMemory(end);
    }

    public void Advance(int bytes) => end += bytes;

    /// <summary>Puts bytes in that are already in memory.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var target = GetMemory().Span;
            var length = Math.Min(target.Length, bytes.Length);
            bytes[..length].CopyTo(target);
            Advance(length);
            bytes = bytes[length..];
        }
    }

    /// <summary>Says that no bytes follow. A last event without its blank line is delivered when its JSON is whole, and dropped otherwise.</summary>
    public void Complete() => ended = true;

    /// <returns>False when more bytes are needed, or after the last event.</returns>
    public bool TryRead(out GeminiStreamEvent item)
    {
        if (delivered)
        {
            data.Clear();
            delivered = false;
        }

        while (TryReadLine(out var line))
        {
            if (TakeLine(line))
            {
                return Deliver(out item);
            }
        }

        if (ended)
        {
            TakeRest();
            if (data.IsWholeJson())
            {
                return Deliver(out item);
            }

            data.Clear();
        }

        item = default;
        return false;
    }

    private bool Deliver(out GeminiStreamEvent item)
    {
        delivered = true;
        item = new GeminiStreamEvent(data.Memory, data.IsError());
        return true;
    }

    /// <returns>Whether an event is complete.</returns>
    private bool TakeLine(ReadOnlySpan<byte> line)
    {
        if (data.IsBare)
        {
            data.Append(line);
            data.Append(LineBreak);
            return data.IsWholeJson();
        }

        if (line.IsEmpty)
        {
            return !data.IsEmpty;
        }

        if (line[0] is (byte)'{' or (byte)'[' && data.IsEmpty)
        {
            data.BeginBare();
            return TakeLine(line);
        }

        if (line.StartsWith("data:"u8))
        {
            if (!data.IsEmpty)
            {
                data.Append(LineBreak);
            }

            data.Append(line.Length > 5 && line[5] == ' ' ? line[6..] : line[5..]);
        }

        return false;
    }

    private void TakeRest()
    {
        if (start < end)
        {
            var rest = buffer.AsSpan(start, end - start);
            start = scanned = end;
            TakeLine(rest);
        }
    }

    private bool TryReadLine(out ReadOnlySpan<byte> line)
    {
        SkipToLine();
        var found = buffer.AsSpan(scanned, end - scanned).IndexOfAny((byte)'\n', (byte)'\r');
        if (found < 0)
        {
            scanned = end;
            line = default;
            return false;
        }

        var stop = scanned + found;
        line = buffer.AsSpan(start, stop - start);
        skipLineFeed = buffer[stop] == (byte)'\r';
        start = scanned = stop + 1;
        return true;
    }

    private void SkipToLine()
    {
        // CR ends a line at once: waiting for a possible LF would hold back the event.
        if (skipLineFeed && start < end)
        {
            skipLineFeed = false;
            if (buffer[start] == (byte)'\n')
            {
                start++;
                scanned = start;
            }
        }

        if (!begun && end - start >= 3)
        {
            begun = true;
            if (buffer.AsSpan(start, 3).SequenceEqual("\uFEFF"u8))
            {
                start += 3;
                scanned = start;
            }
        }
    }
}
