namespace GeminiBalance.Protocol.Gemini;

/// <param name="AspectRatio">Such as <c>16:9</c>.</param>
/// <param name="ImageSize">Such as <c>2K</c>.</param>
public sealed record ImageConfig(string? AspectRatio, string? ImageSize);
