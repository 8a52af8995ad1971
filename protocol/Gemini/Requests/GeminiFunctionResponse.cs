namespace GeminiBalance.Protocol.Gemini;

/// <param name="Response">Always an object.</param>
/// <param name="Parts">Pictures and documents of the result; Gemini 3 only.</param>
public sealed record GeminiFunctionResponse(string Id, string Name, RawJson Response, List<GeminiPart>? Parts = null);
