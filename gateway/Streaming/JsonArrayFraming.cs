using System.Buffers;

namespace GeminiBalance.Gateway.Streaming;

/// <summary>A JSON array that is written piece by piece: <c>[{…},{…}]</c>. An event is one element with what stands before it.</summary>
internal sealed class JsonArrayFraming : IStreamFraming
{
    private static readonly SearchValues<byte> Structure = SearchValues.Create("\"{}[]"u8);
    private int place;
    private int depth;
    private bool inString;
    private bool inArray;

    public int FindEnd(ReadOnlySpan<byte> bytes)
    {
        while (place < bytes.Length)
        {
            var rest = bytes[place..];
            var at = inString ? rest.IndexOfAny((byte)'"', (byte)'\\') : rest.IndexOfAny(Structure);
            if (at < 0)
            {
                place = bytes.Length;
                return -1;
            }

            if (rest[at] == '\\')
            {
                if (at + 1 == rest.Length)
                {
                    place += at;
                    return -1;
                }

                place += at + 2;
                continue;
            }

            place += at + 1;
            if (IsElementEnd(rest[at]))
            {
                var end = place;
                place = 0;
                return end;
            }
        }

        return -1;
    }

    public ReadOnlySpan<byte> Json(ReadOnlySpan<byte> @event)
    {
        var at = @event.IndexOf((byte)'{');
        return at < 0 ? [] : @event[at..];
    }

    private bool IsElementEnd(byte mark)
    {
        switch (mark)
        {
            case (byte)'"':
                inString = !inString;
                return false;
            case (byte)'[' when depth == 0 && !inArray:
                inArray = true;
                return false;
            case (byte)']' when depth == 0:
                return false;
            case (byte)'{' or (byte)'[':
                depth++;
                return false;
            default:
                depth--;
                return depth == 0;
        }
    }
}
