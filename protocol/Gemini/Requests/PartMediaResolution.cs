namespace GeminiBalance.Protocol.Gemini;

/// <param name="Level">Such as <c>MEDIA_RESOLUTION_LOW</c>.</param>
public sealed record PartMediaResolution(string Level);
