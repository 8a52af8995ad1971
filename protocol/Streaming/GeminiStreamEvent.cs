namespace GeminiBalance.Protocol.Streaming;

/// <summary>One event of a Gemini stream.</summary>
/// <param name="Data">JSON in UTF-8, valid until the next event is asked for.</param>
/// <param name="IsError">Whether it is an error object; then no answer follows.</param>
public readonly record struct GeminiStreamEvent(ReadOnlyMemory<byte> Data, bool IsError);
