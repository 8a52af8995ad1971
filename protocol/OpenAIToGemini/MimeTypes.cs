namespace GeminiBalance.Protocol.OpenAIToGemini;

/// <summary>Media types: spellings seen, and what Gemini takes inline.</summary>
public static class MimeTypes
{
    /// <summary>The type without parameters, lower case, in Gemini's spelling.</summary>
    public static string Normalize(ReadOnlySpan<char> type)
    {
        var end = type.IndexOf(';');
        var name = (end < 0 ? type : type[..end]).Trim().ToString().ToLowerInvariant();
        return name switch
        {
            "image/jpg" or "image/pjpeg" => "image/jpeg",
            "image/x-png" => "image/png",
            "audio/x-wav" or "audio/wave" or "audio/vnd.wave" => "audio/wav",
            "audio/mpeg" or "audio/x-mp3" => "audio/mp3",
            "application/x-pdf" => "application/pdf",
            "application/json" or "application/xml" or "application/javascript" or "application/yaml" or "application/x-yaml" or "application/x-ndjson"
                or "application/toml" or "application/sql" or "application/x-sh" or "application/x-python" => "text/plain",
            _ when name.StartsWith("text/", StringComparison.Ordinal) => Text(name),
            _ => name,
        };
    }

    public static bool IsSupported(string type) =>
        type is "image/png" or "image/jpeg" or "image/webp" or "image/heic" or "image/heif" or "application/pdf"
        || type.StartsWith("audio/", StringComparison.Ordinal) || type.StartsWith("video/", StringComparison.Ordinal)
        || type.StartsWith("text/", StringComparison.Ordinal);

    /// <summary>What Gemini 3 takes inside a function's response.</summary>
    public static bool IsSupportedInResponse(string type) =>
        type is "image/png" or "image/jpeg" or "image/webp" or "application/pdf" or "text/plain";

    /// <summary>By the extension of a file's name; null when it tells nothing Gemini could read.</summary>
    public static string? OfFile(string? name) => Path.GetExtension(name ?? string.Empty).ToLowerInvariant() switch
    {
        ".pdf" => "application/pdf",
        ".png" => "image/png",
        ".jpg" or ".jpeg" => "image/jpeg",
        ".webp" => "image/webp",
        ".heic" => "image/heic",
        ".heif" => "image/heif",
        ".gif" => "image/gif",
        ".wav" => "audio/wav",
        ".mp3" => "audio/mp3",
        ".ogg" => "audio/ogg",
        ".flac" => "audio/flac",
        ".aac" => "audio/aac",
        ".aiff" => "audio/aiff",
        ".mp4" => "video/mp4",
        ".mov" => "video/mov",
        ".webm" => "video/webm",
        ".html" or ".htm" => "text/html",
        ".csv" => "text/csv",
        ".md" => "text/markdown",
        ".css" => "text/css",
        ".xml" => "text/xml",
        ".txt" or ".log" or ".json" or ".jsonl" or ".yaml" or ".yml" or ".toml" or ".ini" or ".sql" or ".sh" or ".py" or ".js" or ".ts" or ".tsx"
            or ".jsx" or ".cs" or ".java" or ".go" or ".rs" or ".c" or ".h" or ".cpp" or ".rb" or ".php" or ".kt" or ".swift" or ".tex" => "text/plain",
        _ => null,
    };

    /// <summary><c>input_audio.format</c>.</summary>
    public static string OfAudio(string? format) => format?.ToLowerInvariant() switch
    {
        null or "" => "audio/wav",
        "mp3" or "mpeg" or "mpga" => "audio/mp3",
        "pcm16" or "pcm" => "audio/l16;rate=24000",
        "opus" => "audio/ogg",
        "m4a" => "audio/mp4",
        { } other => Normalize("audio/" + other),
    };

    private static string Text(string type) =>
        type is "text/plain" or "text/html" or "text/css" or "text/csv" or "text/markdown" or "text/xml" or "text/rtf" ? type : "text/plain";
}
