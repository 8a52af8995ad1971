namespace GeminiBalance.Protocol.OpenAIToGemini;

/// <summary>The media type of a recording: by its first bytes, else by its name, else by what the client calls it.</summary>
public static class RecordingType
{
    /// <summary>Bytes that are enough to tell.</summary>
    public const int BytesNeeded = 16;

    /// <returns>Null when it does not look like a recording.</returns>
    public static string? Of(ReadOnlySpan<byte> start, string? fileName, string? contentType) => Sniff(start) ?? OfName(fileName) ?? OfContentType(contentType);

    private static string? Sniff(ReadOnlySpan<byte> start)
    {
        if (start.Length < BytesNeeded)
        {
            return null;
        }

        if (start.StartsWith("RIFF"u8) && start[8..].StartsWith("WAVE"u8))
        {
            return "audio/wav";
        }

        if (start.StartsWith("FORM"u8) && start[8..].StartsWith("AIF"u8))
        {
            return "audio/aiff";
        }

        if (start.StartsWith("fLaC"u8))
        {
            return "audio/flac";
        }

        if (start.StartsWith("OggS"u8))
        {
            return "audio/ogg";
        }

        if (start[4..].StartsWith("ftyp"u8))
        {
            return "audio/mp4";
        }

        if (start.StartsWith((ReadOnlySpan<byte>)[0x1A, 0x45, 0xDF, 0xA3]))
        {
            return "audio/webm";
        }

        return start.StartsWith("ID3"u8) ? "audio/mp3" : OfFrame(start);
    }

    // MPEG frames begin with eleven ones; the layer is zero in AAC only.
    private static string? OfFrame(ReadOnlySpan<byte> start) =>
        start[0] != 0xFF || (start[1] & 0xE0) != 0xE0 ? null
        : (start[1] & 0xF6) == 0xF0 ? "audio/aac"
        : (start[1] & 0x06) != 0 ? "audio/mp3"
        : null;

    private static string? OfName(string? name) => Path.GetExtension(name ?? "").ToLowerInvariant() switch
    {
        ".mp3" or ".mpga" or ".mpeg" => "audio/mp3",
        ".m4a" or ".mp4" => "audio/mp4",
        ".opus" or ".oga" or ".ogg" => "audio/ogg",
        ".webm" => "audio/webm",
        ".wav" => "audio/wav",
        ".flac" => "audio/flac",
        ".aac" => "audio/aac",
        ".aif" or ".aiff" => "audio/aiff",
        _ => null,
    };

    private static string? OfContentType(string? type) =>
        MimeTypes.Normalize(type) is var normal && normal.StartsWith("audio/", StringComparison.Ordinal) ? normal : null;
}
