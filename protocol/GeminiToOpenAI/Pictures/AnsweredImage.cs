namespace GeminiBalance.Protocol.GeminiToOpenAI;

/// <summary>One picture as the client gets it.</summary>
/// <param name="Image">The picture.</param>
/// <param name="Url">Where a host keeps it; null when none does.</param>
/// <param name="AsUrl">Whether it goes into <c>url</c>, without a host as a data URI, and not into <c>b64_json</c>.</param>
public sealed record AnsweredImage(GeneratedImage Image, string? Url, bool AsUrl);
