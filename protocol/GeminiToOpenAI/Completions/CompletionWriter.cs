using System.Text.Json;
using GeminiBalance.Protocol.Gemini;

namespace GeminiBalance.Protocol.GeminiToOpenAI;

/// <summary>Writes what whole answers and chunks of the old API have in common: they are of one shape.</summary>
internal static class CompletionWriter
{
    public static void WriteHead(Utf8JsonWriter writer, CompletionAnswerContext context)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, $"cmpl-{context.AnswerId}");
        writer.WriteString("object"u8, "text_completion"u8);
        writer.WriteNumber("created"u8, context.Created);
        writer.WriteString("model"u8, context.RequestedModel);
        writer.WriteStartArray("choices"u8);
    }

    /// <param name="text">UTF-8.</param>
    /// <param name="finish">Null while the choice goes on.</param>
    public static void WriteChoice(Utf8JsonWriter writer, int index, ReadOnlySpan<byte> text, LogprobsResult? logprobs, int textOffset, string? finish)
    {
        writer.WriteStartObject();
        writer.WriteString("text"u8, text);
        writer.WriteNumber("index"u8, index);
        if (logprobs is null)
        {
            writer.WriteNull("logprobs"u8);
        }
        else
        {
            CompletionLogprobs.Write(writer, logprobs, textOffset);
        }

        writer.WriteString("finish_reason"u8, finish);
        writer.WriteEndObject();
    }

    public static IEnumerable<Utf8Text> TextsOf(Candidate? candidate)
    {
        foreach (var part in candidate?.Content?.Parts ?? [])
        {
            if (part is { Thought: not true, Text.IsEmpty: false })
            {
                yield return part.Text;
            }
        }
    }

    public static string FinishOf(Candidate? candidate, bool isBlocked) =>
        isBlocked && candidate?.FinishReason is null
            ? "content_filter"
            : FinishReasons.ToOpenAI(candidate?.FinishReason?.Reason ?? FinishReason.Unspecified, sawCall: false, legacy: false);
}
