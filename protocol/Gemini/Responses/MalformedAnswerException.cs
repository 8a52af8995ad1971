namespace GeminiBalance.Protocol.Gemini;

/// <summary>The upstream's answer is no JSON of the expected shape. The request is not at fault.</summary>
public sealed class MalformedAnswerException(string message, Exception? inner = null) : Exception(message, inner);
