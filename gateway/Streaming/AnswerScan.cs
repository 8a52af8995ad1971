namespace GeminiBalance.Gateway.Streaming;

/// <summary>Reads the facts out of one JSON answer or event of a dialect.</summary>
internal delegate AnswerFacts AnswerScan(ReadOnlySpan<byte> json);
