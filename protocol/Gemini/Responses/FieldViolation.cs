namespace GeminiBalance.Protocol.Gemini;

/// <param name="Field">The path in Google's spelling, such as <c>contents[0].parts</c>.</param>
public sealed record FieldViolation(string? Field, string? Description);
