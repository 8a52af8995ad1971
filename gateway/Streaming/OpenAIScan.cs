using System.Text.Json;

namespace GeminiBalance.Gateway.Streaming;

/// <summary>Reads the facts out of an answer or chunk of OpenAI's shape in one pass, without building objects.</summary>
internal static class OpenAIScan
{
    public static AnswerFacts Scan(ReadOnlySpan<byte> json) => json.Trim(" \r\n"u8).SequenceEqual("[DONE]"u8)
        ? new AnswerFacts { IsFinished = true }
        : AnswerObject.Scan(json, ScanMember);

    private static void ScanMember(ref Utf8JsonReader reader, ref AnswerFacts facts)
    {
        if (reader.ValueTextEquals("choices"u8))
        {
            reader.Read();
            facts.IsUseful = reader.TokenType == JsonTokenType.StartArray;
            reader.Skip();
        }
        else if (reader.ValueTextEquals("error"u8))
        {
            reader.Read();
            facts.IsError = reader.TokenType != JsonTokenType.Null;
            reader.Skip();
        }
        else if (reader.ValueTextEquals("usage"u8))
        {
            ScanUsage(ref reader, ref facts);
        }
        else
        {
            reader.Skip();
        }
    }

    private static void ScanUsage(ref Utf8JsonReader reader, ref AnswerFacts facts)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isPrompt = reader.ValueTextEquals("prompt_tokens"u8);
            var isOutput = reader.ValueTextEquals("completion_tokens"u8);
            reader.Read();
            long? number = reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var read) && read is >= 0 and <= int.MaxValue ? read : null;
            facts.PromptTokens = isPrompt ? number : facts.PromptTokens;
            facts.OutputTokens = isOutput ? number : facts.OutputTokens;
            reader.Skip();
        }
    }
}
