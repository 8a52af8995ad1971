using System.Buffers.Text;
using System.Text;

namespace GeminiBalance.Load.Http;

/// <summary>Reads the few fields of a head that decide how to go on.</summary>
internal static class ResponseHeadParser
{
    /// <param name="head">Status line and headers without the empty line at the end.</param>
    /// <param name="framing">Where the body ends.</param>
    public static ResponseHead Parse(ReadOnlySpan<byte> head, out BodyFraming framing)
    {
        if (head.Length < 12 || !head.StartsWith("HTTP/1.1 "u8) || !Utf8Parser.TryParse(head[9..], out int status, out _))
        {
            throw new IOException("Not an HTTP/1.1 answer.");
        }

        long contentLength = 0;
        var chunked = false;
        var closes = false;
        string? retryAfter = null;
        string? keyId = null;
        foreach (var range in head.Split("\r\n"u8))
        {
            var line = head[range];
            var colon = line.IndexOf((byte)':');
            if (colon < 0)
            {
                continue;
            }

            var value = line[(colon + 1)..].Trim((byte)' ');
            switch (colon)
            {
                case 14 when Ascii.EqualsIgnoreCase(line[..colon], "content-length"u8):
                    contentLength = Utf8Parser.TryParse(value, out long length, out _) ? length : throw new IOException("A content-length that is no number.");
                    break;
                case 17 when Ascii.EqualsIgnoreCase(line[..colon], "transfer-encoding"u8):
                    chunked = Ascii.EqualsIgnoreCase(value, "chunked"u8);
                    break;
                case 10 when Ascii.EqualsIgnoreCase(line[..colon], "connection"u8):
                    closes = Ascii.EqualsIgnoreCase(value, "close"u8);
                    break;
                case 16 when Ascii.EqualsIgnoreCase(line[..colon], "x-gateway-key-id"u8):
                    keyId = Encoding.ASCII.GetString(value);
                    break;
                case 11 when Ascii.EqualsIgnoreCase(line[..colon], "retry-after"u8):
                    retryAfter = Encoding.ASCII.GetString(value);
                    break;
            }
        }

        framing = chunked ? BodyFraming.Chunked(closes) : new BodyFraming(contentLength, closes);
        return new ResponseHead(status, retryAfter, keyId);
    }
}
