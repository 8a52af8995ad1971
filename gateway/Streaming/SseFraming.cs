namespace GeminiBalance.Gateway.Streaming;

/// <summary>Server-sent events: a blank line ends each; line ends may be LF, CR or CRLF.</summary>
internal sealed class SseFraming : IStreamFraming
{
    // Where to go on looking, and whether the line that begins there has been empty so far.
    private int place;
    private bool atLineStart = true;

    public int FindEnd(ReadOnlySpan<byte> bytes)
    {
        while (place < bytes.Length)
        {
            var at = bytes[place..].IndexOfAny((byte)'\n', (byte)'\r');
            if (at < 0)
            {
                atLineStart = false;
                place = bytes.Length;
                return -1;
            }

            var isBlank = at == 0 && atLineStart && place > 0;
            var next = place + at + 1;
            if (bytes[next - 1] == '\r')
            {
                if (next == bytes.Length)
                {
                    // A LF may follow: it belongs to this line end. Come back when it is known.
                    atLineStart &= at == 0;
                    place += at;
                    return -1;
                }

                next += bytes[next] == '\n' ? 1 : 0;
            }

            if (isBlank)
            {
                (place, atLineStart) = (0, true);
                return next;
            }

            (place, atLineStart) = (next, true);
        }

        return -1;
    }

    public ReadOnlySpan<byte> Json(ReadOnlySpan<byte> @event)
    {
        var block = @event.Trim(" \r\n"u8);
        if (block.StartsWith("data:"u8) && block.IndexOfAny((byte)'\n', (byte)'\r') < 0)
        {
            return block[5..];
        }

        // Google writes errors in the middle of a stream as bare JSON without "data:" (seen with 499 CANCELLED).
        return block.StartsWith("{"u8) || block.StartsWith("["u8) ? block : Join(block);
    }

    // JSON may be spread over data lines; other fields and comments are no part of it.
    private static ReadOnlySpan<byte> Join(ReadOnlySpan<byte> block)
    {
        var json = new List<byte>();
        while (!block.IsEmpty)
        {
            var at = block.IndexOfAny((byte)'\n', (byte)'\r');
            var line = at < 0 ? block : block[..at];
            if (line.StartsWith("data:"u8))
            {
                json.AddRange(line[5..]);
                json.Add((byte)'\n');
            }

            block = at < 0 ? [] : block[(at + 1)..];
        }

        return json.ToArray();
    }
}
