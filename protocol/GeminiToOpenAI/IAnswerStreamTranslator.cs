using System.Buffers;
using GeminiBalance.Protocol.Gemini;

namespace GeminiBalance.Protocol.GeminiToOpenAI;

/// <summary>The events of one Gemini stream in another dialect. One per upstream stream; not thread safe.</summary>
public interface IAnswerStreamTranslator
{
    /// <summary>The last seen, which is the sum so far; null before the first.</summary>
    UsageMetadata? Usage { get; }

    /// <summary>Why there is and will be no answer, where that is told outside of it; null when there is one, or no reason.</summary>
    string? Refusal => null;

    /// <summary>Whether an event says something definitive, so that the answer may begin and no other key is tried.</summary>
    bool IsUseful(GenerateContentResponse chunk) =>
        AnswerContent.Classify(chunk) is AnswerContentKind.Useful or AnswerContentKind.Blocked or AnswerContentKind.Finished;

    /// <summary>Writes zero or more events.</summary>
    void Translate(GenerateContentResponse chunk, IBufferWriter<byte> output);

    /// <summary>Ends the stream after the upstream's end.</summary>
    /// <param name="writeDone">False when other streams go on in the same answer.</param>
    /// <returns>False, with nothing written, when the upstream's stream was cut.</returns>
    bool Complete(IBufferWriter<byte> output, bool writeDone = true);
}
