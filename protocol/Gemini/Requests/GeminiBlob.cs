using System.Text.Json.Serialization;

namespace GeminiBalance.Protocol.Gemini;

/// <param name="MimeType">Such as <c>image/png</c>.</param>
/// <param name="Data">Standard base64 with padding; a slice of the client's text, because a picture is megabytes.</param>
public sealed record GeminiBlob(string MimeType, [property: JsonConverter(typeof(CharMemoryConverter))] ReadOnlyMemory<char> Data);
