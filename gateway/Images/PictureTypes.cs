namespace GeminiBalance.Gateway.Images;

/// <summary>The files that pictures become.</summary>
internal static class PictureTypes
{
    private static readonly (string MimeType, string Extension)[] Known =
    [
        ("image/png", ".png"), ("image/jpeg", ".jpg"), ("image/webp", ".webp"), ("image/gif", ".gif"), ("image/heic", ".heic"),
    ];

    public static string ExtensionOf(string mimeType) =>
        Array.Find(Known, known => known.MimeType.Equals(mimeType, StringComparison.OrdinalIgnoreCase)).Extension ?? ".bin";

    /// <returns>Null for a file that is no picture.</returns>
    public static string? OfFile(string name) => Array.Find(Known, known => name.EndsWith(known.Extension, StringComparison.Ordinal)).MimeType;
}
