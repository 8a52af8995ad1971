namespace GeminiBalance.Protocol.Gemini;

/// <param name="Category">Such as <c>HARM_CATEGORY_HARASSMENT</c>; once in a request.</param>
/// <param name="Threshold">Such as <c>BLOCK_NONE</c>.</param>
public sealed record GeminiSafetySetting(string Category, string Threshold);
