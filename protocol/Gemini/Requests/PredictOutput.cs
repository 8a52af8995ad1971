namespace GeminiBalance.Protocol.Gemini;

/// <param name="MimeType"><c>image/png</c> or <c>image/jpeg</c>.</param>
/// <param name="CompressionQuality">0 to 100, for JPEG.</param>
public sealed record PredictOutput(string MimeType, int? CompressionQuality);
