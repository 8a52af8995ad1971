using System.Text.Json;
using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.GeminiToOpenAI;

namespace GeminiBalance.Protocol.ResponsesApi;

/// <summary>Writes the response object: what was asked for, and what came of it.</summary>
internal static class ResponseObjectWriter
{
    public static void Write(Utf8JsonWriter writer, ResponsesAnswerContext context, ResponseState state)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, context.ResponseId);
        writer.WriteString("object"u8, "response"u8);
        writer.WriteNumber("created_at"u8, context.Answer.Created);
        writer.WriteString("status"u8, state.Status);
        writer.WriteBoolean("background"u8, context.Request.Background);
        if (state.CompletedAt is { } completedAt)
        {
            writer.WriteNumber("completed_at"u8, completedAt);
        }

        WriteEnd(writer, state);
        writer.WriteString("model"u8, context.Answer.RequestedModel);
        writer.WriteStartArray("output"u8);
        foreach (var item in state.Output)
        {
            item.WriteTo(writer);
        }

        writer.WriteEndArray();
        WriteRequest(writer, context.Request);
        writer.WriteBoolean("store"u8, state.IsStored);
        WriteUsage(writer, state.Usage);
        writer.WriteEndObject();
    }

    public static void WriteError(Utf8JsonWriter writer, OpenAIError error)
    {
        writer.WriteStartObject("error"u8);
        writer.WriteString("code"u8, error.Code == "rate_limit_exceeded" ? error.Code : "server_error");
        writer.WriteString("message"u8, error.Message);
        writer.WriteEndObject();
    }

    private static void WriteEnd(Utf8JsonWriter writer, ResponseState state)
    {
        if (state.Error is { } error)
        {
            WriteError(writer, error);
        }
        else
        {
            writer.WriteNull("error"u8);
        }

        if (state.IncompleteReason is { } reason)
        {
            writer.WriteStartObject("incomplete_details"u8);
            writer.WriteString("reason"u8, reason);
            writer.WriteEndObject();
        }
        else
        {
            writer.WriteNull("incomplete_details"u8);
        }
    }

    private static void WriteRequest(Utf8JsonWriter writer, ResponsesRequest request)
    {
        var draft = request.Draft;
        writer.WriteString("instructions"u8, request.Instructions);
        WriteNumber(writer, "max_output_tokens"u8, draft.MaxCompletionTokens);
        writer.WriteNull("max_tool_calls"u8);
        writer.WriteBoolean("parallel_tool_calls"u8, draft.ParallelToolCalls);
        writer.WriteString("previous_response_id"u8, request.PreviousResponseId);
        writer.WriteStartObject("reasoning"u8);
        writer.WriteString("effort"u8, draft.Reasoning.NestedEffort);
        writer.WriteString("summary"u8, request.Summary);
        writer.WriteEndObject();
        writer.WriteString("service_tier"u8, draft.ServiceTier ?? "default");
        WriteNumber(writer, "temperature"u8, draft.Temperature);
        WriteRaw(writer, "text"u8, request.Text, """{"format":{"type":"text"}}"""u8);
        WriteRaw(writer, "tool_choice"u8, request.ToolChoice, "\"auto\""u8);
        WriteRaw(writer, "tools"u8, request.Tools, "[]"u8);
        WriteNumber(writer, "top_p"u8, draft.TopP);

        // Gemini never leaves out a part of what it is sent; it refuses what is too long.
        writer.WriteString("truncation"u8, "disabled"u8);
        writer.WriteString("user"u8, request.User);
        WriteRaw(writer, "metadata"u8, request.Metadata, "{}"u8);
    }

    private static void WriteNumber(Utf8JsonWriter writer, ReadOnlySpan<byte> name, double? value)
    {
        if (value is { } number)
        {
            writer.WriteNumber(name, number);
        }
        else
        {
            writer.WriteNull(name);
        }
    }

    private static void WriteRaw(Utf8JsonWriter writer, ReadOnlySpan<byte> name, RawJson? value, ReadOnlySpan<byte> without)
    {
        writer.WritePropertyName(name);
        writer.WriteRawValue(value is { } raw ? raw.Utf8.Span : without, skipInputValidation: true);
    }

    private static void WriteUsage(Utf8JsonWriter writer, UsageMetadata? usage)
    {
        if (usage is null)
        {
            writer.WriteNull("usage"u8);
            return;
        }

        var input = TokenCounts.Prompt(usage);
        var output = TokenCounts.Completion(usage);
        writer.WriteStartObject("usage"u8);
        writer.WriteNumber("input_tokens"u8, input);
        writer.WriteStartObject("input_tokens_details"u8);
        writer.WriteNumber("cached_tokens"u8, usage.CachedContentTokenCount ?? 0);
        writer.WriteEndObject();
        writer.WriteNumber("output_tokens"u8, output);
        writer.WriteStartObject("output_tokens_details"u8);
        writer.WriteNumber("reasoning_tokens"u8, usage.ThoughtsTokenCount ?? 0);
        writer.WriteEndObject();
        writer.WriteNumber("total_tokens"u8, input + output);
        writer.WriteEndObject();
    }
}
