namespace GeminiBalance.Protocol.Gemini;

/// <param name="VoiceName">Such as <c>Kore</c>.</param>
public sealed record PrebuiltVoiceConfig(string VoiceName);
