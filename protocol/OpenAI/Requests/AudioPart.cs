namespace GeminiBalance.Protocol.OpenAI;

/// <param name="Data">Base64; some clients send a data URI.</param>
/// <param name="Format">Such as <c>wav</c> or <c>mp3</c>.</param>
public sealed record AudioPart(string Data, string? Format) : ContentPart;
