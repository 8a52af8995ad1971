using System.Text.Json.Serialization;

namespace GeminiBalance.Protocol;

/// <summary>One whole JSON value that passes through as it came: checked to be well-formed, not understood.</summary>
/// <param name="Utf8">A slice of the request's own bytes where possible: valid as long as those are.</param>
[JsonConverter(typeof(RawJsonConverter))]
public readonly record struct RawJson(ReadOnlyMemory<byte> Utf8);
