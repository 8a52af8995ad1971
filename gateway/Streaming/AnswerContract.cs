namespace GeminiBalance.Gateway.Streaming;

/// <summary>What an answer must be to count as one.</summary>
/// <param name="Scan">Reads the facts of its dialect.</param>
/// <param name="MustBeUseful">Whether an answer that says nothing is a fault, so that another key is tried.</param>
/// <param name="MustFinish">Whether a stream without a finish reason is a fault.</param>
internal sealed record AnswerContract(AnswerScan Scan, bool MustBeUseful, bool MustFinish)
{
    /// <summary>Whether a whole answer without a finish reason is a fault, so that another key is tried.</summary>
    public bool WholeMustFinish { get; init; }

    /// <summary><c>generateContent</c> and <c>streamGenerateContent</c>.</summary>
    public static readonly AnswerContract GeminiChat = new(GeminiScan.Scan, MustBeUseful: true, MustFinish: true) { WholeMustFinish = true };

    /// <summary>Every other native method, known or not: only accounting reads it.</summary>
    public static readonly AnswerContract GeminiOther = new(GeminiScan.Scan, MustBeUseful: false, MustFinish: false);

    /// <summary>Chat on Google's OpenAI-compatible endpoint; its streams end with <c>[DONE]</c>.</summary>
    public static readonly AnswerContract OpenAIChat = new(OpenAIScan.Scan, MustBeUseful: true, MustFinish: true);

    /// <summary>Everything else on that endpoint.</summary>
    public static readonly AnswerContract OpenAIOther = new(OpenAIScan.Scan, MustBeUseful: false, MustFinish: false);
}
