namespace GeminiBalance.Gateway.Media;

/// <summary>The type of fetched bytes. Many hosts of pictures label them wrongly or not at all.</summary>
internal static class MediaTypes
{
    /// <param name="declared">The <c>Content-Type</c> without parameters.</param>
    /// <param name="bytes">The content.</param>
    /// <returns>Null when neither says.</returns>
    public static string? Of(string? declared, ReadOnlySpan<byte> bytes) => Sniff(bytes) ?? declared;

    private static string? Sniff(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G']))
        {
            return "image/png";
        }

        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
        {
            return "image/jpeg";
        }

        if (bytes.StartsWith("GIF8"u8))
        {
            return "image/gif";
        }

        if (bytes.StartsWith("%PDF-"u8))
        {
            return "application/pdf";
        }

        return bytes.Length > 12 && bytes.StartsWith("RIFF"u8) && bytes[8..].StartsWith("WEBP"u8) ? "image/webp" : null;
    }
}
