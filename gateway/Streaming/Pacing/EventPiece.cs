namespace GeminiBalance.Gateway.Streaming;

/// <summary>An event, or a piece of one.</summary>
/// <param name="Json">What goes out.</param>
/// <param name="IsPaced">Whether it is text alone, which waits for the pause after the text before it.</param>
/// <param name="Pause">How long the next text has to wait after it.</param>
internal readonly record struct EventPiece(ReadOnlyMemory<byte> Json, bool IsPaced, TimeSpan Pause);
