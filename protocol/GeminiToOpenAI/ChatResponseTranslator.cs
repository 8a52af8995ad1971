using System.Buffers;
using System.Text.Json;
using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Protocol.GeminiToOpenAI;

/// <summary>A whole Gemini answer to a <c>chat.completion</c>.</summary>
public static class ChatResponseTranslator
{
    /// <param name="response">An answer that <see cref="AnswerContent.Classify"/> found definitive; of an empty one comes an empty choice.</param>
    /// <param name="output">Gets the JSON body.</param>
    public static void Write(GenerateContentResponse response, ChatAnswerContext context, IBufferWriter<byte> output) => Write([response], context, output);

    /// <summary>Puts the answers of several calls, made for one request with <c>n</c>, into one: choices renumbered in order, usage added up.</summary>
    public static void Write(IReadOnlyList<GenerateContentResponse> responses, ChatAnswerContext context, IBufferWriter<byte> output)
    {
        using var writer = new Utf8JsonWriter(output, ChatJson.Options);
        writer.WriteStartObject();
        writer.WriteString("id"u8, $"chatcmpl-{context.AnswerId}");
        writer.WriteString("object"u8, "chat.completion"u8);
        writer.WriteNumber("created"u8, context.Created);
        writer.WriteString("model"u8, context.RequestedModel);
        writer.WriteStartArray("choices"u8);
        var first = context.FirstChoice;
        foreach (var response in responses)
        {
            first += WriteChoices(writer, response, context, first);
        }

        writer.WriteEndArray();
        WriteUsage(writer, responses);
        if (responses is [{ ModelVersion: { Length: > 0 } version }, ..])
        {
            writer.WriteString("system_fingerprint"u8, version);
        }

        writer.WriteEndObject();
    }

    private static int WriteChoices(Utf8JsonWriter writer, GenerateContentResponse response, ChatAnswerContext context, int first)
    {
        var blocked = response.PromptFeedback is { BlockReason: not null } feedback ? RefusalText.OfPrompt(feedback) : null;
        var candidates = response.Candidates ?? [];
        for (var i = 0; i < candidates.Count; i++)
        {
            ChoiceWriter.Write(writer, candidates[i], first + ChoiceIndexes.Of(candidates, i), blocked, context);
        }

        if (candidates.Count == 0)
        {
            ChoiceWriter.Write(writer, null, first, blocked, context);
        }

        return Math.Max(1, candidates.Count);
    }

    private static void WriteUsage(Utf8JsonWriter writer, IReadOnlyList<GenerateContentResponse> responses)
    {
        if (responses is [{ UsageMetadata: { } usage }])
        {
            UsageWriter.Write(writer, usage);
        }
        else if (responses.Any(response => response.UsageMetadata is not null))
        {
            UsageWriter.Write(writer, TokenCounts.Sum(responses.Select(response => response.UsageMetadata).OfType<UsageMetadata>()));
        }
    }
}
