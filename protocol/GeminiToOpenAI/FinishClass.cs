namespace GeminiBalance.Protocol.GeminiToOpenAI;

internal enum FinishClass
{
    Stop,
    Length,
    ContentFilter,

    /// <summary>The model or Google failed: a stop after output, no answer without.</summary>
    Failure,
}
