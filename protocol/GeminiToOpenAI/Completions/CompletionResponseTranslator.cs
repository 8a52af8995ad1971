using System.Buffers;
using System.Text;
using System.Text.Json;
using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Protocol.GeminiToOpenAI;

/// <summary>Whole Gemini answers to one <c>text_completion</c>.</summary>
public static class CompletionResponseTranslator
{
    /// <param name="answers">In order; each with the text its choices begin with, or with an empty one.</param>
    /// <param name="output">Gets the JSON body.</param>
    public static void Write(IReadOnlyList<(string Echo, GenerateContentResponse Answer)> answers, CompletionAnswerContext context, IBufferWriter<byte> output)
    {
        using var writer = new Utf8JsonWriter(output, ChatJson.Options);
        CompletionWriter.WriteHead(writer, context);
        var index = 0;
        foreach (var (echo, answer) in answers)
        {
            var candidates = answer.Candidates is { Count: > 0 } given ? given : [null];
            foreach (var candidate in candidates)
            {
                WriteChoice(writer, index++, echo, answer, candidate);
            }
        }

        writer.WriteEndArray();
        if (answers.Any(pair => pair.Answer.UsageMetadata is not null))
        {
            UsageWriter.Write(writer, TokenCounts.Sum(answers.Select(pair => pair.Answer.UsageMetadata).OfType<UsageMetadata>()));
        }

        if (answers is [{ Answer.ModelVersion: { Length: > 0 } version }, ..])
        {
            writer.WriteString("system_fingerprint"u8, version);
        }

        writer.WriteEndObject();
    }

    private static void WriteChoice(Utf8JsonWriter writer, int index, string echo, GenerateContentResponse answer, Candidate? candidate)
    {
        var text = new ArrayBufferWriter<byte>();
        text.Write(Encoding.UTF8.GetBytes(echo));
        foreach (var piece in CompletionWriter.TextsOf(candidate))
        {
            text.Write(piece.Span);
        }

        var finish = CompletionWriter.FinishOf(candidate, isBlocked: answer.PromptFeedback?.BlockReason is not null);
        CompletionWriter.WriteChoice(writer, index, text.WrittenSpan, candidate?.LogprobsResult, textOffset: 0, finish);
    }
}
