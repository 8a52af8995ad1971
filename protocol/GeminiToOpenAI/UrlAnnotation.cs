namespace GeminiBalance.Protocol.GeminiToOpenAI;

/// <param name="Start">Code points from the start of the content.</param>
/// <param name="End">One behind the last.</param>
internal sealed record UrlAnnotation(string Url, string? Title, int Start, int End);
