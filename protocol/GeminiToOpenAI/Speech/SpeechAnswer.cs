using System.Buffers;
using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Protocol.GeminiToOpenAI;

/// <summary>A whole answer of a speech model.</summary>
public static class SpeechAnswer
{
    /// <summary>Whether another key could not do better: there is speech, or a refusal. Speech models sometimes answer in text, which is neither.</summary>
    /// <param name="response">A whole answer or one event of a stream.</param>
    public static bool IsDefinitive(GenerateContentResponse response) => PartsOf(response).Any() || RefusalOf(response) is not null;

    /// <summary>Why nothing was spoken; null when something was, or when no reason is given.</summary>
    public static string? RefusalOf(GenerateContentResponse response)
    {
        if (PartsOf(response).Any())
        {
            return null;
        }

        if (response.PromptFeedback is { BlockReason: not null } feedback)
        {
            return RefusalText.OfPrompt(feedback);
        }

        return response.Candidates is [{ FinishReason: { } finish } candidate, ..] && FinishReasons.ClassOf(finish.Reason) == FinishClass.ContentFilter
            ? RefusalText.OfAnswer(finish, candidate.FinishMessage)
            : null;
    }

    /// <summary>Writes the file.</summary>
    /// <param name="response">An answer that holds speech.</param>
    /// <exception cref="MalformedAnswerException">The speech cannot be read.</exception>
    public static void Write(GenerateContentResponse response, SpeechFormat format, IBufferWriter<byte> output)
    {
        var pieces = PartsOf(response).Select(SpeechSamples.Of).ToList();
        var encoder = SpeechFormats.NewEncoder(format);
        encoder.Begin(pieces[0].Rate, pieces.Sum(piece => piece.Bytes.Length), output);
        foreach (var piece in pieces)
        {
            encoder.Append(piece.Bytes.Span, output);
        }

        encoder.End(output);
    }

    internal static IEnumerable<ResponseBlob> PartsOf(GenerateContentResponse response) =>
        response.Candidates is [{ Content.Parts: { } parts }, ..]
            ? parts.OfType<ResponsePart>().Where(AudioWriter.IsAudio).Select(part => part.InlineData!)
            : [];
}
