namespace GeminiBalance.Protocol.OpenAI;

/// <summary>Text, or parts, or (both null) nothing.</summary>
public readonly record struct MessageContent(string? Text, IReadOnlyList<ContentPart>? Parts);
