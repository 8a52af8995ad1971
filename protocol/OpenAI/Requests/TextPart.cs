namespace GeminiBalance.Protocol.OpenAI;

public sealed record TextPart(string Text) : ContentPart;
