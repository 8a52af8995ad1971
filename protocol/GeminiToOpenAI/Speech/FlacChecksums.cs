namespace GeminiBalance.Protocol.GeminiToOpenAI;

/// <summary>The two checksums of a FLAC frame. https://www.rfc-editor.org/rfc/rfc9639#section-9</summary>
internal static class FlacChecksums
{
    private const int HeaderPolynomial = 0x07;
    private const int FramePolynomial = 0x8005;

    public static byte OfHeader(ReadOnlySpan<byte> bytes)
    {
        var sum = 0;
        foreach (var value in bytes)
        {
            sum ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                sum = (sum & 0x80) != 0 ? ((sum << 1) ^ HeaderPolynomial) & 0xFF : sum << 1;
            }
        }

        return (byte)sum;
    }

    public static ushort OfFrame(ReadOnlySpan<byte> bytes)
    {
        var sum = 0;
        foreach (var value in bytes)
        {
            sum ^= value << 8;
            for (var bit = 0; bit < 8; bit++)
            {
                sum = (sum & 0x8000) != 0 ? ((sum << 1) ^ FramePolynomial) & 0xFFFF : sum << 1;
            }
        }

        return (ushort)sum;
    }
}
