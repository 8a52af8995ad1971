using System.Buffers;
using System.Text.Json;
using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.GeminiToOpenAI;
using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Protocol.GeminiToAnthropic;

/// <summary>A whole Gemini answer to a message.</summary>
public static class MessageResponseTranslator
{
    /// <param name="response">An answer that <see cref="AnswerContent.Classify"/> found definitive.</param>
    /// <param name="output">Gets the JSON body.</param>
    public static void Write(GenerateContentResponse response, MessageAnswerContext context, IBufferWriter<byte> output)
    {
        var candidate = response.Candidates?.Find(found => found is not null);
        var blocked = response.PromptFeedback is { BlockReason: not null } feedback ? feedback : null;
        var search = new SearchTrail();
        search.Add(candidate?.GroundingMetadata);
        using var writer = new Utf8JsonWriter(output, ChatJson.Options);
        writer.WriteStartObject();
        writer.WriteString("id"u8, $"msg_{context.AnswerId}");
        writer.WriteString("type"u8, "message"u8);
        writer.WriteString("role"u8, "assistant"u8);
        writer.WriteString("model"u8, context.RequestedModel);
        writer.WriteStartArray("content"u8);
        var blocks = WriteBlocks(writer, candidate, search, context);
        writer.WriteEndArray();
        MessageEnd.Of(candidate?.FinishReason, candidate?.FinishMessage, blocked, blocks.Calls > 0).WriteTo(writer);
        MessageUsage.Write(writer, response.UsageMetadata, search.Queries);
        writer.WriteEndObject();
    }

    private static MessageBlocks WriteBlocks(Utf8JsonWriter writer, Candidate? candidate, SearchTrail search, MessageAnswerContext context)
    {
        var blocks = new MessageBlocks(context, new WholeBlocks(writer));
        blocks.AddSearch(search);
        foreach (var part in candidate?.Content?.Parts ?? [])
        {
            if (part is not null)
            {
                blocks.Add(part);
            }
        }

        blocks.Cite(search);
        blocks.Complete();
        return blocks;
    }
}
