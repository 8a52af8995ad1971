using System.Buffers;

namespace GeminiBalance.Protocol.OpenAIToGemini;

/// <summary>Which addresses the upstream reads itself, and which must be fetched for it.</summary>
internal static class MediaAddress
{
    private static readonly SearchValues<char> FileIdChars = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");
    private const string FileIdPrefix = "file-";
    private const int FileIdCharsMax = 40;
    private const string FilesBase = "https://generativelanguage.googleapis.com/v1beta/";

    /// <summary>An http(s) address that the gateway must fetch; null for any other text.</summary>
    public static Uri? Remote(string? text) =>
        text is not null && HasScheme(text) && Uri.TryCreate(text.Trim(), UriKind.Absolute, out var uri) && IsWeb(uri) && !IsUpstreams(uri) ? uri : null;

    /// <summary>An address that goes upstream as it is: YouTube, the Files API, Cloud Storage. Null for any other text.</summary>
    public static string? Upstream(string text)
    {
        var trimmed = text.Trim();
        if (trimmed.StartsWith("gs://", StringComparison.Ordinal))
        {
            return trimmed;
        }

        if (trimmed.StartsWith("files/", StringComparison.Ordinal) && !trimmed.Contains("..", StringComparison.Ordinal))
        {
            return FilesBase + trimmed;
        }

        if (IsOurFileId(trimmed))
        {
            return $"{FilesBase}files/{trimmed[FileIdPrefix.Length..]}";
        }

        return HasScheme(trimmed) && Uri.TryCreate(trimmed, UriKind.Absolute, out var uri) && IsWeb(uri) && IsUpstreams(uri) ? trimmed : null;
    }

    public static bool IsVideoSite(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && IsVideoHost(uri.Host);

    // As the gateway calls files of the upstream where clients speak OpenAI. OpenAI's own ids have capitals.
    private static bool IsOurFileId(string text) => text.StartsWith(FileIdPrefix, StringComparison.Ordinal) && text.Length is > 5 and <= 5 + FileIdCharsMax
        && text.AsSpan(FileIdPrefix.Length).IndexOfAnyExcept(FileIdChars) < 0;

    // Keeps megabytes of base64 away from the URI parser.
    private static bool HasScheme(string text) => text.AsSpan().TrimStart().StartsWith("http", StringComparison.OrdinalIgnoreCase);

    private static bool IsWeb(Uri uri) => uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps;

    private static bool IsUpstreams(Uri uri) =>
        IsVideoHost(uri.Host)
        || (uri.Host.Equals("generativelanguage.googleapis.com", StringComparison.OrdinalIgnoreCase) && uri.AbsolutePath.Contains("/files/", StringComparison.Ordinal));

    private static bool IsVideoHost(string host) => host.ToLowerInvariant() is "youtube.com" or "www.youtube.com" or "m.youtube.com" or "youtu.be";
}
