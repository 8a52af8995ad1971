namespace GeminiBalance.Protocol.Gemini;

public sealed record VoiceConfig(PrebuiltVoiceConfig PrebuiltVoiceConfig);
