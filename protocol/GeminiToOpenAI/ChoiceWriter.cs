using System.Text.Json;
using GeminiBalance.Protocol.Gemini;

namespace GeminiBalance.Protocol.GeminiToOpenAI;

/// <summary>Writes one choice of a <c>chat.completion</c>.</summary>
internal static class ChoiceWriter
{
    /// <param name="candidate">Null when a blocked prompt left none.</param>
    /// <param name="promptRefusal">Why the prompt was blocked; null when it was not.</param>
    public static void Write(Utf8JsonWriter writer, Candidate? candidate, int index, string? promptRefusal, ChatAnswerContext context)
    {
        var message = ChoiceMessage.Of(candidate, context.ImagesAsMarkdown);
        var reason = message.Finish?.Reason ?? FinishReason.Unspecified;
        var refusal = promptRefusal ?? (FinishReasons.ClassOf(reason) == FinishClass.ContentFilter && !message.HasOutput
            ? RefusalText.OfAnswer(message.Finish!, candidate?.FinishMessage)
            : null);
        writer.WriteStartObject();
        writer.WriteNumber("index"u8, index);
        writer.WriteStartObject("message"u8);
        writer.WriteString("role"u8, "assistant"u8);
        var map = new ContentMap();
        var sources = candidate is not null && SourceList.HasAny(candidate) ? new SourceList() : null;
        sources?.Add(candidate!);
        var links = sources is not null && context.ShowsSources && message.Calls.Count == 0 ? SourceLinks.Of(sources.Grounds) : [];
        WriteContent(writer, message, map, links, refusal is null ? candidate?.FinishMessage : null, refusal is not null);
        writer.WriteString("refusal"u8, refusal);
        WriteThoughts(writer, message.Thoughts);
        WriteCalls(writer, message.Calls, index, context);
        WriteMedia(writer, message, context);
        SourceList.Write(writer, sources?.Resolve(map) ?? []);
        if (message is { Calls.Count: 0, Signature: { Length: > 0 } signature })
        {
            ToolCallWriter.WriteSignature(writer, signature);
        }

        writer.WriteEndObject();
        WriteLogprobs(writer, candidate);
        var finish = promptRefusal is not null && candidate is null ? "content_filter"
            : FinishReasons.ToOpenAI(reason, message.Calls.Count > 0, context.UsesLegacyFunctions);
        writer.WriteString("finish_reason"u8, finish);
        if (message.Finish is { } native)
        {
            writer.WriteString("native_finish_reason"u8, native.Name);
        }

        writer.WriteEndObject();
    }

    private static void WriteContent(Utf8JsonWriter writer, ChoiceMessage message, ContentMap map, byte[] links, string? finishMessage, bool refused)
    {
        if (message.Content.Count > 0)
        {
            writer.WritePropertyName("content"u8);
            var tail = ContentTail.Nothing;
            foreach (var (part, index) in message.Content)
            {
                map.Part = index;
                tail = ContentWriter.WriteSegments(writer, part, tail, map);
            }

            writer.WriteStringValueSegment(links, isFinalSegment: true);
        }
        else if (message.HasOutput || refused)
        {
            writer.WriteNull("content"u8);
        }
        else
        {
            // A malformed call leaves its text in the finish message: better than silence.
            var failed = message.Finish is { } finish && FinishReasons.ClassOf(finish.Reason) == FinishClass.Failure;
            writer.WriteString("content"u8, failed ? finishMessage ?? "" : "");
        }
    }

    private static void WriteThoughts(Utf8JsonWriter writer, List<ResponsePart> thoughts)
    {
        if (thoughts.Count == 0)
        {
            return;
        }

        writer.WritePropertyName("reasoning_content"u8);
        foreach (var thought in thoughts)
        {
            writer.WriteStringValueSegment(thought.Text.Span, isFinalSegment: false);
        }

        writer.WriteStringValueSegment(""u8, isFinalSegment: true);
    }

    private static void WriteCalls(Utf8JsonWriter writer, List<ResponsePart> calls, int choice, ChatAnswerContext context)
    {
        if (calls.Count == 0)
        {
            return;
        }

        if (context.UsesLegacyFunctions)
        {
            writer.WritePropertyName("function_call"u8);
            ToolCallWriter.WriteFunction(writer, calls[0].FunctionCall!, context);
            return;
        }

        writer.WriteStartArray("tool_calls"u8);
        for (var i = 0; i < (context.AllowsParallelToolCalls ? calls.Count : 1); i++)
        {
            ToolCallWriter.Write(writer, calls[i], ToolCallWriter.IdOf(context, choice, i), index: null, context);
        }

        writer.WriteEndArray();
    }

    private static void WriteMedia(Utf8JsonWriter writer, ChoiceMessage message, ChatAnswerContext context)
    {
        if (message.Images.Count > 0)
        {
            ImageWriter.WriteStart(writer);
            for (var i = 0; i < message.Images.Count; i++)
            {
                ImageWriter.Write(writer, message.Images[i], i);
            }

            writer.WriteEndArray();
        }

        if (message.Audio.Count > 0)
        {
            AudioWriter.Write(writer, message.Audio, context);
        }
    }

    private static void WriteLogprobs(Utf8JsonWriter writer, Candidate? candidate)
    {
        // Clients read the first token without looking: where thinking has used up the limit, there is none.
        if (candidate?.LogprobsResult is { ChosenCandidates.Count: > 0 } logprobs)
        {
            LogprobsWriter.Write(writer, logprobs);
        }
        else
        {
            writer.WriteNull("logprobs"u8);
        }
    }
}
