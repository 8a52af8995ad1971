using System.Buffers;
using System.Text;
using System.Text.Json;
using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.OpenAI;
using GeminiBalance.Protocol.OpenAIToGemini;

namespace GeminiBalance.Protocol.GeminiToOpenAI;

/// <summary>A whole transcript.</summary>
public static class TranscriptAnswer
{
    /// <summary>Why nothing was written down; null when something was, or when no reason is given.</summary>
    public static string? RefusalOf(GenerateContentResponse response)
    {
        if (CompletionWriter.TextsOf(response.Candidates?.FirstOrDefault()).Any())
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

    /// <summary>Writes JSON, or the bare text with a line end.</summary>
    public static void Write(GenerateContentResponse response, bool asText, IBufferWriter<byte> output)
    {
        var text = new StringBuilder();
        foreach (var piece in CompletionWriter.TextsOf(response.Candidates?.FirstOrDefault()))
        {
            text.Append(Encoding.UTF8.GetString(piece.Span));
        }

        if (asText)
        {
            output.Write(Encoding.UTF8.GetBytes(TextOf(text.ToString()) + "\n"));
            return;
        }

        using var writer = new Utf8JsonWriter(output, ChatJson.Options);
        writer.WriteStartObject();
        writer.WriteString("text"u8, TextOf(text.ToString()));
        WriteUsage(writer, response.UsageMetadata);
        writer.WriteEndObject();
    }

    /// <summary>Empty for a recording in which nobody speaks.</summary>
    internal static string TextOf(string answer) => answer.Trim() is var text && text != TranscriptionText.Silence ? text : "";

    /// <summary>Writes <c>usage</c>, when it is known.</summary>
    internal static void WriteUsage(Utf8JsonWriter writer, UsageMetadata? usage)
    {
        if (usage is null)
        {
            return;
        }

        var (input, output) = (TokenCounts.Prompt(usage), TokenCounts.Completion(usage));
        var heard = (usage.PromptTokensDetails ?? []).Where(detail => detail?.Modality == Modality.Audio).Sum(detail => detail!.TokenCount ?? 0);
        writer.WriteStartObject("usage"u8);
        writer.WriteString("type"u8, "tokens"u8);
        writer.WriteNumber("input_tokens"u8, input);
        writer.WriteStartObject("input_token_details"u8);
        writer.WriteNumber("text_tokens"u8, Math.Max(0, input - heard));
        writer.WriteNumber("audio_tokens"u8, heard);
        writer.WriteEndObject();
        writer.WriteNumber("output_tokens"u8, output);
        writer.WriteNumber("total_tokens"u8, input + output);
        writer.WriteEndObject();
    }
}
