using GeminiBalance.Protocol.Gemini;

namespace GeminiBalance.Protocol.GeminiToOpenAI;

/// <summary>One picture of an answer.</summary>
/// <param name="MimeType">Such as <c>image/png</c>.</param>
/// <param name="Base64">Its bytes.</param>
/// <param name="RevisedPrompt">What the model said it drew; null when it said nothing.</param>
public sealed record GeneratedImage(string MimeType, Utf8Text Base64, string? RevisedPrompt);
