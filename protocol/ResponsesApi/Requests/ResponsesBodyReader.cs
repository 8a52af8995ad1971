using System.Text.Json;
using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Protocol.ResponsesApi;

/// <summary>Members of a request for a response at the top level.</summary>
internal static class ResponsesBodyReader
{
    private const int IncludeMax = 64;

    public static ResponsesRequest Read(ref WireReader reader)
    {
        var start = reader.Position;
        var draft = new ResponsesDraft();
        while (reader.NextMember())
        {
            if (!ReadCore(ref reader, draft) && !ReadSampling(ref reader, draft.Chat) && !ReadOptions(ref reader, draft) && !RefuseForeign(ref reader))
            {
                reader.Skip();
            }
        }

        if (string.IsNullOrWhiteSpace(draft.Chat.Model))
        {
            WireReader.Fail("is required.", "model", start);
        }

        if (draft.Input is not { Count: > 0 } && draft.PreviousResponseId is null)
        {
            WireReader.Fail("must be a text or hold at least one item.", "input", start);
        }

        return draft.Finish();
    }

    private static bool ReadCore(ref WireReader reader, ResponsesDraft draft)
    {
        if (reader.Is("model"u8))
        {
            draft.Chat.Model = reader.Text();
        }
        else if (reader.Is("input"u8))
        {
            draft.Input = ReadInput(ref reader);
        }
        else if (reader.Is("instructions"u8))
        {
            draft.Instructions = reader.Text();
        }
        else if (reader.Is("previous_response_id"u8))
        {
            draft.PreviousResponseId = reader.Text() is { Length: > 0 } id ? id : null;
        }
        else if (reader.Is("stream"u8))
        {
            draft.Chat.Stream = reader.Flag() ?? false;
        }
        else if (reader.Is("store"u8))
        {
            draft.Store = reader.Flag() ?? true;
        }
        else if (reader.Is("background"u8))
        {
            draft.Background = reader.Flag() ?? false;
        }
        else if (reader.Is("google"u8))
        {
            draft.Chat.Google = reader.RawObject() ?? draft.Chat.Google;
        }
        else if (reader.Is("extra_body"u8))
        {
            draft.Chat.Google = ExtraBodyReader.ReadGoogle(ref reader) ?? draft.Chat.Google;
        }
        else
        {
            return false;
        }

        return true;
    }

    private static bool ReadSampling(ref WireReader reader, ChatDraft draft)
    {
        if (reader.Is("temperature"u8))
        {
            draft.Temperature = reader.Number();
        }
        else if (reader.Is("top_p"u8))
        {
            draft.TopP = reader.Number();
        }
        else if (reader.Is("max_output_tokens"u8))
        {
            draft.MaxCompletionTokens = reader.Integer();
        }
        else if (reader.Is("top_logprobs"u8))
        {
            draft.TopLogprobs = ChatBodyReader.ReadRange(ref reader, 0, RequestLimits.TopLogprobsMax);
        }
        else if (reader.Is("parallel_tool_calls"u8))
        {
            draft.ParallelToolCalls = reader.Flag() ?? true;
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

    private static bool ReadOptions(ref WireReader reader, ResponsesDraft draft)
    {
        var from = reader.Consumed;
        if (reader.Is("tools"u8))
        {
            draft.Chat.Tools = ResponsesToolReader.ReadAll(ref reader);
            draft.Tools = draft.Chat.Tools is null ? null : reader.Slice(from);
        }
        else if (reader.Is("tool_choice"u8))
        {
            draft.Chat.ToolChoice = ToolChoiceReader.Read(ref reader);
            draft.ToolChoice = draft.Chat.ToolChoice is null ? null : reader.Slice(from);
        }
        else if (reader.Is("text"u8))
        {
            draft.Text = ResponsesTextReader.Read(ref reader, draft.Chat) ? reader.Slice(from) : null;
        }
        else if (reader.Is("metadata"u8))
        {
            draft.Metadata = reader.RawObject();
        }
        else if (reader.Is("reasoning"u8))
        {
            ReadReasoning(ref reader, draft);
        }
        else if (reader.Is("include"u8))
        {
            draft.Include = reader.List(ReadText, IncludeMax);
        }
        else if (reader.Is("user"u8))
        {
            draft.User = reader.Text();
        }
        else
        {
            return false;
        }

        return true;
    }

    // What would change the answer, and cannot be done here, is refused; what cannot be noticed (hints, tags) is passed over.
    private static bool RefuseForeign(ref WireReader reader)
    {
        if (reader.Is("conversation"u8))
        {
            reader.Read();
            return reader.Token is JsonTokenType.Null ? true : throw Unavailable("conversations are not kept; use previous_response_id.");
        }

        if (reader.Is("prompt"u8))
        {
            reader.Read();
            return reader.Token is JsonTokenType.Null ? true : throw Unavailable("prompt templates are kept by OpenAI only; send instructions and input.");
        }

        return false;
    }

    private static WireFormatException Unavailable(string why) => new($"is not available: {why}");

    private static List<InputItem>? ReadInput(ref WireReader reader)
    {
        reader.Read();
        return reader.Token switch
        {
            JsonTokenType.Null => null,
            JsonTokenType.String => [InputItem.OfText(reader.String())],
            _ => reader.Items(InputItemReader.Read, RequestLimits.MessagesMax),
        };
    }

    private static void ReadReasoning(ref WireReader reader, ResponsesDraft draft)
    {
        if (!reader.EnterObject())
        {
            return;
        }

        while (reader.NextMember())
        {
            if (reader.Is("effort"u8))
            {
                draft.Chat.Reasoning.NestedEffort = ReasoningReader.ReadEffort(ref reader);
            }
            else if (reader.Is("summary"u8) || reader.Is("generate_summary"u8))
            {
                draft.Summary = reader.Text() is { } summary and not "none" ? summary : draft.Summary;
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private static string ReadText(ref WireReader reader) => reader.String();
}
