namespace GeminiBalance.Protocol.Streaming;

/// <summary>One event of the upstream's stream is larger than allowed.</summary>
public sealed class StreamTooLargeException(int eventBytesMax) : Exception($"One event of the upstream's stream is larger than {eventBytesMax} bytes.");
