namespace GeminiBalance.Protocol.Gemini;

/// <param name="FileUri">A Files API address, a <c>gs://</c> object or a YouTube link.</param>
/// <param name="MimeType">Null lets the upstream find out.</param>
public sealed record GeminiFileData(string FileUri, string? MimeType = null);
