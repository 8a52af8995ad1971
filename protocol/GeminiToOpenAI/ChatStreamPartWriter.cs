using System.Text.Json;
using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Protocol.GeminiToOpenAI;

/// <summary>Writes the parts of a stream as chunks, each choice with its own role, call indexes and pending members.</summary>
internal sealed class ChatStreamPartWriter(ChatAnswerContext context)
{
    public ChatChunkWriter Chunks { get; } = new(context);

    /// <summary>Writes what of a part can be written now.</summary>
    public void Write(ResponsePart part, ChatStreamChoice choice)
    {
        if (part.FunctionCall is { } call)
        {
            TakeCall(part, call, choice);
            return;
        }

        choice.Signature = part.ThoughtSignature ?? choice.Signature;
        if (part.Thought is true)
        {
            if (!part.Text.IsEmpty)
            {
                BeginDelta(choice).WriteString("reasoning_content"u8, part.Text.Span);
                EndDelta(choice);
            }

            return;
        }

        if (AudioWriter.IsAudio(part))
        {
            AudioWriter.WriteDelta(BeginDelta(choice, withContent: false), part, first: !choice.SawAudio, context);
            choice.SawAudio = true;
        }
        else if (!context.ImagesAsMarkdown && ImageWriter.IsImage(part))
        {
            var writer = BeginDelta(choice);
            ImageWriter.WriteStart(writer);
            ImageWriter.Write(writer, part, choice.Images++);
            writer.WriteEndArray();
        }
        else if (ContentWriter.IsContent(part))
        {
            var writer = BeginDelta(choice);
            writer.WritePropertyName("content"u8);
            choice.Tail = ContentWriter.WriteSegments(writer, part, choice.Tail, choice.Map);
            writer.WriteStringValueSegment(""u8, isFinalSegment: true);
        }
        else
        {
            return;
        }

        choice.SawOutput = true;
        EndDelta(choice);
    }

    /// <summary>Writes the call whose arguments were coming, if there is one: nothing more comes for it.</summary>
    public void CloseCall(ChatStreamChoice choice) => choice.Assembly.Close(part => WriteCall(part, choice));

    private void TakeCall(ResponsePart part, ResponseFunctionCall call, ChatStreamChoice choice) =>
        choice.Assembly.Take(part, call, whole => WriteCall(whole, choice));

    private void WriteCall(ResponsePart part, ChatStreamChoice choice)
    {
        var call = choice.Calls++;
        choice.SawOutput = true;
        if (call > 0 && (context.UsesLegacyFunctions || !context.AllowsParallelToolCalls))
        {
            return;
        }

        var writer = BeginDelta(choice, withContent: false);
        if (context.UsesLegacyFunctions)
        {
            writer.WritePropertyName("function_call"u8);
            ToolCallWriter.WriteFunction(writer, part.FunctionCall!, context);
        }
        else
        {
            writer.WriteStartArray("tool_calls"u8);
            ToolCallWriter.Write(writer, part, ToolCallWriter.IdOf(context, choice.Index, call), call, context);
            writer.WriteEndArray();
        }

        EndDelta(choice);
    }

    /// <summary>Opens a chunk, after the choice's role chunk if this is its first.</summary>
    /// <param name="withContent">Whether the role chunk says that text comes.</param>
    public Utf8JsonWriter BeginDelta(ChatStreamChoice choice, bool withContent = true)
    {
        if (!choice.SawRole)
        {
            choice.SawRole = true;
            var role = Chunks.BeginDelta(choice.Index);
            role.WriteString("role"u8, "assistant"u8);
            role.WriteString("content"u8, withContent ? "" : null);
            role.WriteNull("refusal"u8);
            Chunks.EndDelta();
            Chunks.EndChoice(null, null);
        }

        return Chunks.BeginDelta(choice.Index);
    }

    public void EndDelta(ChatStreamChoice choice)
    {
        Chunks.EndDelta();
        WriteLogprobs(choice);
        Chunks.EndChoice(null, null);
    }

    /// <summary>Writes the one chunk that finishes the choice.</summary>
    public void EndChoice(ChatStreamChoice choice, string finishReason)
    {
        BeginDelta(choice);
        Chunks.EndDelta();
        WriteLogprobs(choice);
        Chunks.EndChoice(finishReason, choice.Finish?.Name);
    }

    private void WriteLogprobs(ChatStreamChoice choice)
    {
        if (choice.PendingLogprobs is { } logprobs)
        {
            LogprobsWriter.Write(Chunks.Json, logprobs);
            choice.PendingLogprobs = null;
        }
    }
}
