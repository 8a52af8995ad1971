using System.Text.Json;

namespace GeminiBalance.Gateway.Streaming;

/// <summary>Reads the facts out of a GenerateContentResponse in one pass, without building objects.</summary>
internal static class GeminiScan
{
    public static AnswerFacts Scan(ReadOnlySpan<byte> json) => AnswerObject.Scan(json, ScanMember);

    private static void ScanMember(ref Utf8JsonReader reader, ref AnswerFacts facts)
    {
        if (reader.ValueTextEquals("candidates"u8))
        {
            ScanCandidates(ref reader, ref facts);
        }
        else if (reader.ValueTextEquals("usageMetadata"u8))
        {
            ScanUsage(ref reader, ref facts);
        }
        else if (reader.ValueTextEquals("promptFeedback"u8))
        {
            // A blocked prompt has no candidates and no finish reason: this is the whole answer. Else only ratings stand here.
            var isBlocked = HasMember(ref reader, "blockReason"u8);
            facts.IsUseful |= isBlocked;
            facts.IsFinished |= isBlocked;
        }
        else if (reader.ValueTextEquals("error"u8))
        {
            facts.IsError = true;
            reader.Skip();
        }
        else
        {
            reader.Skip();
        }
    }

    private static void ScanCandidates(ref Utf8JsonReader reader, ref AnswerFacts facts)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("content"u8))
                {
                    ScanContent(ref reader, ref facts);
                }
                else if (reader.ValueTextEquals("finishReason"u8))
                {
                    reader.Read();
                    ScanFinish(ref reader, ref facts);
                }
                else
                {
                    reader.Skip();
                }
            }
        }
    }

    private static void ScanFinish(ref Utf8JsonReader reader, ref AnswerFacts facts)
    {
        if (reader.TokenType != JsonTokenType.String || reader.ValueTextEquals("FINISH_REASON_UNSPECIFIED"u8))
        {
            return;
        }

        facts.IsFinished = true;
        // A limit or a filter is an answer by itself, even without text; so is a reason that is not known here.
        facts.IsUseful |= !reader.ValueTextEquals("STOP"u8) && !reader.ValueTextEquals("OTHER"u8) && !reader.ValueTextEquals("MALFORMED_FUNCTION_CALL"u8)
            && !reader.ValueTextEquals("UNEXPECTED_TOOL_CALL"u8) && !reader.ValueTextEquals("TOO_MANY_TOOL_CALLS"u8)
            && !reader.ValueTextEquals("MISSING_THOUGHT_SIGNATURE"u8) && !reader.ValueTextEquals("MALFORMED_RESPONSE"u8);
    }

    private static void ScanContent(ref Utf8JsonReader reader, ref AnswerFacts facts)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!reader.ValueTextEquals("parts"u8))
            {
                reader.Skip();
                continue;
            }

            reader.Read();
            if (reader.TokenType != JsonTokenType.StartArray)
            {
                reader.Skip();
                continue;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
            {
                ScanPart(ref reader, ref facts);
            }
        }
    }

    private static void ScanPart(ref Utf8JsonReader reader, ref AnswerFacts facts)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isText = reader.ValueTextEquals("text"u8);
            var isMark = reader.ValueTextEquals("thought"u8) || reader.ValueTextEquals("thoughtSignature"u8);
            reader.Read();
            facts.IsUseful |= isText ? !reader.ValueSpan.IsEmpty : !isMark;
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

        long? prompt = null, tools = null, answer = null, thoughts = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("promptTokenCount"u8))
            {
                prompt = Number(ref reader);
            }
            else if (reader.ValueTextEquals("toolUsePromptTokenCount"u8))
            {
                tools = Number(ref reader);
            }
            else if (reader.ValueTextEquals("candidatesTokenCount"u8))
            {
                answer = Number(ref reader);
            }
            else if (reader.ValueTextEquals("thoughtsTokenCount"u8))
            {
                thoughts = Number(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        (facts.PromptTokens, facts.OutputTokens) = (UsageCounts.Prompt(prompt, tools), UsageCounts.Output(answer, thoughts));
    }

    private static long? Number(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var number) && number is >= 0 and <= int.MaxValue)
        {
            return number;
        }

        reader.Skip();
        return null;
    }

    private static bool HasMember(ref Utf8JsonReader reader, ReadOnlySpan<byte> name)
    {
        reader.Read();
        var isFound = false;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            isFound |= reader.ValueTextEquals(name);
            reader.Skip();
        }

        return isFound;
    }
}
