namespace GeminiBalance.Protocol.OpenAI;

/// <summary><c>image_config</c>, an extension of OpenRouter.</summary>
public sealed record ImageOptions(string? AspectRatio, string? ImageSize);
