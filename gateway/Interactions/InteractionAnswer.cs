using System.Text.Json;
using GeminiBalance.Gateway.Streaming;

namespace GeminiBalance.Gateway.Interactions;

/// <summary>What one JSON object of the Interactions API says: a whole interaction, an event that carries one, or another event.</summary>
internal struct InteractionAnswer
{
    private string? eventType;
    private string? status;
    private bool hasError;
    private bool hasSteps;
    private bool hasContent;
    private long? promptTokens;
    private long? outputTokens;

    /// <summary>The interaction's id.</summary>
    public string? Id { get; private set; }

    public readonly AnswerFacts Facts => new()
    {
        IsError = eventType is "error" || (hasError && eventType is null && Id is null && status is null),
        IsFinished = eventType is null ? status is not null : IsEnd,
        IsUseful = eventType is null ? status is not (null or "completed") || hasContent || !hasSteps : hasContent || (IsEnd && status is not (null or "completed")),
        PromptTokens = promptTokens,
        OutputTokens = outputTokens,
    };

    // Until the spring of 2026 the last event was called "interaction.complete".
    private readonly bool IsEnd => eventType is "interaction.completed" or "interaction.complete";

    /// <summary>Reads an object, the reader standing at its beginning.</summary>
    public void Read(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            ReadMember(ref reader);
        }
    }

    private void ReadMember(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("event_type"u8))
        {
            eventType = Text(ref reader);
        }
        else if (reader.ValueTextEquals("id"u8) || reader.ValueTextEquals("interaction_id"u8))
        {
            Id = Text(ref reader) ?? Id;
        }
        else if (reader.ValueTextEquals("status"u8))
        {
            status = Text(ref reader);
        }
        else if (reader.ValueTextEquals("interaction"u8))
        {
            ReadObject(ref reader);
        }
        else if (reader.ValueTextEquals("usage"u8))
        {
            ReadUsage(ref reader);
        }
        else if (reader.ValueTextEquals("steps"u8) || reader.ValueTextEquals("outputs"u8))
        {
            hasSteps = true;
            hasContent |= InteractionContent.IsIn(ref reader);
        }
        else if (reader.ValueTextEquals("step"u8) || reader.ValueTextEquals("delta"u8) || reader.ValueTextEquals("content"u8))
        {
            hasContent |= InteractionContent.IsIn(ref reader);
        }
        else
        {
            hasError |= reader.ValueTextEquals("error"u8);
            reader.Skip();
        }
    }

    private void ReadObject(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            Read(ref reader);
        }
        else
        {
            reader.Skip();
        }
    }

    private void ReadUsage(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        long? input = null, tools = null, output = null, thoughts = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("total_input_tokens"u8))
            {
                input = Number(ref reader);
            }
            else if (reader.ValueTextEquals("total_tool_use_tokens"u8))
            {
                tools = Number(ref reader);
            }
            else if (reader.ValueTextEquals("total_output_tokens"u8))
            {
                output = Number(ref reader);
            }
            else if (reader.ValueTextEquals("total_thought_tokens"u8))
            {
                thoughts = Number(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        (promptTokens, outputTokens) = (UsageCounts.Prompt(input, tools), UsageCounts.Output(output, thoughts));
    }

    private static string? Text(ref Utf8JsonReader reader)
    {
        reader.Read();
        var text = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        reader.Skip();
        return text?.Length > 0 ? text : null;
    }

    private static long? Number(ref Utf8JsonReader reader)
    {
        reader.Read();
        long? number = reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var read) && read is >= 0 and <= int.MaxValue ? read : null;
        reader.Skip();
        return number;
    }
}
