namespace GeminiBalance.Protocol.OpenAIToGemini;

/// <summary>Bytes of a picture or file that a message named by URL, fetched before translation.</summary>
/// <param name="MimeType">Such as <c>image/png</c>.</param>
/// <param name="Base64">Standard base64, without line breaks.</param>
public sealed record MediaContent(string MimeType, string Base64);
