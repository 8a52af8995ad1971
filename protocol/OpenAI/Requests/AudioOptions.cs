namespace GeminiBalance.Protocol.OpenAI;

public sealed record AudioOptions(string? Voice, string? Format);
