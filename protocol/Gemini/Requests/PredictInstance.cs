namespace GeminiBalance.Protocol.Gemini;

public sealed record PredictInstance(string Prompt);
