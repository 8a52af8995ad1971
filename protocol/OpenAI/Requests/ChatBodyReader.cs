namespace GeminiBalance.Protocol.OpenAI;

/// <summary>Members of a chat request at the top level.</summary>
internal static class ChatBodyReader
{
    public static ChatCompletionRequest Read(ref WireReader reader)
    {
        var start = reader.Position;
        var draft = new ChatDraft();
        while (reader.NextMember())
        {
            if (!ReadCore(ref reader, draft) && !ReadSampling(ref reader, draft) && !ReadTools(ref reader, draft) && !ReasoningReader.Read(ref reader, draft)
                && !ReadOutput(ref reader, draft))
            {
                reader.Skip();
            }
        }

        if (string.IsNullOrWhiteSpace(draft.Model))
        {
            WireReader.Fail("is required.", "model", start);
        }

        if (draft.Messages is not { Count: > 0 })
        {
            WireReader.Fail("must hold at least one message.", "messages", start);
        }

        return draft.Finish();
    }

    private static bool ReadCore(ref WireReader reader, ChatDraft draft)
    {
        if (reader.Is("messages"u8))
        {
            draft.Messages = reader.List(MessageReader.Read, RequestLimits.MessagesMax);
        }
        else if (reader.Is("model"u8))
        {
            draft.Model = reader.Text();
        }
        else if (reader.Is("stream"u8))
        {
            draft.Stream = reader.Flag() ?? false;
        }
        else if (reader.Is("stream_options"u8))
        {
            draft.StreamOptions = ReadStreamOptions(ref reader);
        }
        else if (reader.Is("google"u8))
        {
            draft.Google = reader.RawObject() ?? draft.Google;
        }
        else if (reader.Is("extra_body"u8))
        {
            draft.Google = ExtraBodyReader.ReadGoogle(ref reader) ?? draft.Google;
        }
        else
        {
            return false;
        }

        return true;
    }

    public static bool ReadSampling(ref WireReader reader, ChatDraft draft)
    {
        if (reader.Is("temperature"u8))
        {
            draft.Temperature = reader.Number();
        }
        else if (reader.Is("top_p"u8))
        {
            draft.TopP = reader.Number();
        }
        else if (reader.Is("top_k"u8))
        {
            draft.TopK = reader.Integer();
        }
        else if (reader.Is("max_tokens"u8))
        {
            draft.MaxTokens = reader.Integer();
        }
        else if (reader.Is("max_completion_tokens"u8))
        {
            draft.MaxCompletionTokens = reader.Integer();
        }
        else if (reader.Is("n"u8))
        {
            draft.N = ReadRange(ref reader, 1, RequestLimits.ChoicesMax) ?? 1;
        }
        else if (reader.Is("stop"u8))
        {
            draft.Stop = StopReader.Read(ref reader);
        }
        else if (reader.Is("seed"u8))
        {
            draft.Seed = reader.Number();
        }
        else if (reader.Is("presence_penalty"u8))
        {
            draft.PresencePenalty = reader.Number();
        }
        else if (reader.Is("frequency_penalty"u8))
        {
            draft.FrequencyPenalty = reader.Number();
        }
        else if (reader.Is("logprobs"u8))
        {
            draft.Logprobs = reader.Flag() ?? false;
        }
        else if (reader.Is("top_logprobs"u8))
        {
            draft.TopLogprobs = ReadRange(ref reader, 0, RequestLimits.TopLogprobsMax);
        }
        else
        {
            return false;
        }

        return true;
    }

    private static bool ReadTools(ref WireReader reader, ChatDraft draft)
    {
        if (reader.Is("tools"u8))
        {
            draft.Tools = reader.List(ToolReader.Read, RequestLimits.ToolsMax);
        }
        else if (reader.Is("tool_choice"u8))
        {
            draft.ToolChoice = ToolChoiceReader.Read(ref reader);
        }
        else if (reader.Is("parallel_tool_calls"u8))
        {
            draft.ParallelToolCalls = reader.Flag() ?? true;
        }
        else if (reader.Is("functions"u8))
        {
            draft.Functions = reader.List(ToolReader.ReadLegacy, RequestLimits.ToolsMax);
        }
        else if (reader.Is("function_call"u8))
        {
            draft.FunctionCall = ToolChoiceReader.Read(ref reader);
        }
        else if (reader.Is("web_search_options"u8))
        {
            draft.WebSearch = reader.RawObject() is not null;
        }
        else
        {
            return false;
        }

        return true;
    }

    private static bool ReadOutput(ref WireReader reader, ChatDraft draft)
    {
        if (reader.Is("response_format"u8))
        {
            draft.ResponseFormat = ResponseFormatReader.Read(ref reader);
        }
        else if (reader.Is("modalities"u8))
        {
            draft.Modalities = reader.List(ReadModality, RequestLimits.StopSequencesMax);
        }
        else if (reader.Is("audio"u8))
        {
            draft.Audio = OutputOptionsReader.ReadAudio(ref reader);
        }
        else if (reader.Is("image_config"u8))
        {
            draft.ImageConfig = OutputOptionsReader.ReadImage(ref reader);
        }
        else if (reader.Is("service_tier"u8))
        {
            draft.ServiceTier = reader.Text();
        }
        else
        {
            return false;
        }

        return true;
    }

    private static string ReadModality(ref WireReader reader) => reader.String().ToLowerInvariant();

    public static int? ReadRange(ref WireReader reader, int min, int max) => reader.Integer() switch
    {
        null => null,
        { } value when value >= min && value <= max => value,
        _ => throw new WireFormatException($"must be {min} to {max}."),
    };

    public static StreamOptions? ReadStreamOptions(ref WireReader reader)
    {
        if (!reader.EnterObject())
        {
            return null;
        }

        var includeUsage = false;
        while (reader.NextMember())
        {
            if (reader.Is("include_usage"u8))
            {
                includeUsage = reader.Flag() ?? false;
            }
            else
            {
                reader.Skip();
            }
        }

        return new StreamOptions(includeUsage);
    }
}
