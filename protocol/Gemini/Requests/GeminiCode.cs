namespace GeminiBalance.Protocol.Gemini;

/// <param name="Language"><c>PYTHON</c>.</param>
/// <param name="Code">What the model ran.</param>
public sealed record GeminiCode(string Language, string Code);
