namespace GeminiBalance.Protocol.GeminiToOpenAI;

/// <summary>A piece of a transcript.</summary>
/// <param name="Start">Seconds from the beginning of the recording.</param>
/// <param name="End">Seconds; after <paramref name="Start"/>, and not after the start of the next.</param>
/// <param name="Text">One or more lines, none of them empty.</param>
public readonly record struct TimedSegment(double Start, double End, string Text);
