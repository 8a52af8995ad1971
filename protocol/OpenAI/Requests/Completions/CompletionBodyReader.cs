using System.Text.Json;

namespace GeminiBalance.Protocol.OpenAI;

/// <summary>Members of a request for completions.</summary>
internal static class CompletionBodyReader
{
    public static CompletionRequest Read(ref WireReader reader)
    {
        var start = reader.Position;
        var draft = new CompletionDraft();
        while (reader.NextMember())
        {
            if (!ReadOwn(ref reader, draft) && !ReadShared(ref reader, draft.Chat))
            {
                reader.Skip();
            }
        }

        return draft.Finish(start);
    }

    private static bool ReadOwn(ref WireReader reader, CompletionDraft draft)
    {
        if (reader.Is("prompt"u8))
        {
            draft.Prompts = ReadPrompts(ref reader);
        }
        else if (reader.Is("suffix"u8))
        {
            draft.Suffix = reader.Text();
        }
        else if (reader.Is("echo"u8))
        {
            draft.Echo = reader.Flag() ?? false;
        }
        else if (reader.Is("logprobs"u8))
        {
            draft.Logprobs = ReadLogprobs(ref reader);
        }
        else if (reader.Is("best_of"u8))
        {
            draft.BestOf = reader.Integer();
        }
        else if (reader.Is("logit_bias"u8))
        {
            CheckBias(ref reader);
        }
        else
        {
            return false;
        }

        return true;
    }

    private static bool ReadShared(ref WireReader reader, ChatDraft draft)
    {
        if (reader.Is("model"u8))
        {
            draft.Model = reader.Text();
        }
        else if (reader.Is("stream"u8))
        {
            draft.Stream = reader.Flag() ?? false;
        }
        else if (reader.Is("stream_options"u8))
        {
            draft.StreamOptions = ChatBodyReader.ReadStreamOptions(ref reader);
        }
        else
        {
            return ChatBodyReader.ReadSampling(ref reader, draft) || ReasoningReader.Read(ref reader, draft);
        }

        return true;
    }

    private static List<string>? ReadPrompts(ref WireReader reader)
    {
        reader.Read();
        return reader.Token switch
        {
            JsonTokenType.Null => null,
            JsonTokenType.String => [reader.String()],
            _ => reader.Items(ReadPrompt, RequestLimits.ChoicesMax),
        };
    }

    private static string ReadPrompt(ref WireReader reader)
    {
        if (reader.Token is JsonTokenType.Number or JsonTokenType.StartArray)
        {
            WireReader.Fail("holds token numbers, which only the model they were made for understands; send text.");
        }

        return reader.String();
    }

    private static int? ReadLogprobs(ref WireReader reader)
    {
        return reader.Integer() switch
        {
            null => null,
            >= 0 and <= RequestLimits.CompletionLogprobsMax and var count => count,
            _ => throw new WireFormatException($"must be 0 to {RequestLimits.CompletionLogprobsMax}."),
        };
    }

    private static void CheckBias(ref WireReader reader)
    {
        if (!reader.EnterObject())
        {
            return;
        }

        if (reader.NextMember())
        {
            WireReader.Fail("names tokens by numbers of another model's vocabulary; Gemini has no such setting.");
        }
    }
}
