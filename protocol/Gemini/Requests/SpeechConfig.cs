namespace GeminiBalance.Protocol.Gemini;

public sealed record SpeechConfig(VoiceConfig VoiceConfig);
