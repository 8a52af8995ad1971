namespace GeminiBalance.Protocol.Gemini;

/// <param name="Id">The same as in the response to it.</param>
/// <param name="Args">Always an object.</param>
public sealed record GeminiFunctionCall(string Id, string Name, RawJson Args);
