using System.Buffers;
using System.Text.Json;
using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.GeminiToOpenAI;
using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Protocol.ResponsesApi;

/// <summary>A call of a tool of the client: of a function, or of a tool that takes free text.</summary>
internal sealed class CallItem : OutputItem
{
    private readonly EscapedText arguments = new();
    private readonly string name;
    private readonly string? group;
    private readonly string callId;
    private readonly string? signature;
    private readonly bool isCustom;
    private bool hasArguments;

    public CallItem(string id, int index, ResponsePart part, string callId, ChatTool tool, bool isCustom)
        : base(id, index)
    {
        this.callId = callId;
        (name, group) = (ChatToolGroups.OwnName(tool), tool.Namespace);
        this.isCustom = isCustom;
        signature = part.ThoughtSignature;
        var quoted = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(quoted, ChatJson.Options))
        {
            if (isCustom)
            {
                writer.WriteStringValue(ToolCallWriter.CustomInputOf(part.FunctionCall!));
            }
            else
            {
                ToolCallWriter.WriteArguments(writer, part.FunctionCall!.Args);
            }
        }

        arguments.AddQuoted(quoted.WrittenSpan);
    }

    private string DeltaEvent => isCustom ? "response.custom_tool_call_input.delta" : "response.function_call_arguments.delta";

    private string DoneEvent => isCustom ? "response.custom_tool_call_input.done" : "response.function_call_arguments.done";

    public override void Open(ResponsesEvents? events)
    {
        base.Open(events);
        hasArguments = true;
        if (events is not null)
        {
            arguments.WriteTo(events.Begin(DeltaEvent, this), "delta"u8);
            events.End();
        }
    }

    public override void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, Id);
        writer.WriteString("type"u8, isCustom ? "custom_tool_call"u8 : "function_call"u8);
        writer.WriteString("status"u8, Status);
        writer.WriteString("call_id"u8, callId);
        writer.WriteString("name"u8, name);
        if (group is not null)
        {
            writer.WriteString("namespace"u8, group);
        }

        var member = isCustom ? "input"u8 : "arguments"u8;
        if (hasArguments)
        {
            arguments.WriteTo(writer, member);
        }
        else
        {
            writer.WriteString(member, ""u8);
        }

        if (signature is { Length: > 0 })
        {
            ToolCallWriter.WriteSignature(writer, signature);
        }

        writer.WriteEndObject();
    }

    protected override void WriteLast(ResponsesEvents? events)
    {
        if (events?.Begin(DoneEvent, this) is { } writer)
        {
            if (!isCustom)
            {
                writer.WriteString("name"u8, name);
            }

            arguments.WriteTo(writer, isCustom ? "input"u8 : "arguments"u8);
            events.End();
        }
    }
}
