namespace GeminiBalance.Protocol.Gemini;

/// <param name="Style">Such as <c>cheerful, slowly</c>; not spoken.</param>
public sealed record SpeechMetadata(string Style);
