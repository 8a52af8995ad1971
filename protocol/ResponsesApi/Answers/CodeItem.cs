using System.Text.Json;
using GeminiBalance.Protocol.Gemini;

namespace GeminiBalance.Protocol.ResponsesApi;

/// <summary>Code that Google ran for the answer.</summary>
/// <param name="showsOutputs">Whether the client asked for what the code printed.</param>
internal sealed class CodeItem(string id, int index, bool showsOutputs) : OutputItem(id, index)
{
    /// <summary>Google's sandbox has no name and is gone with the call.</summary>
    private const string Container = "auto";

    private readonly EscapedText code = new();
    private CodeExecutionResult? result;

    public override void Open(ResponsesEvents? events)
    {
        base.Open(events);
        events?.Tell("response.code_interpreter_call.in_progress", this);
    }

    public void Add(ExecutableCode part, ResponsesEvents? events)
    {
        var piece = code.Add(part.Code.Span);
        if (events is null)
        {
            return;
        }

        var writer = events.Begin("response.code_interpreter_call_code.delta", this);
        writer.WritePropertyName("delta"u8);
        writer.WriteRawValue(piece, skipInputValidation: true);
        events.End();
        code.WriteTo(events.Begin("response.code_interpreter_call_code.done", this), "code"u8);
        events.End();
        events.Tell("response.code_interpreter_call.interpreting", this);
    }

    public void Take(CodeExecutionResult output) => result = output;

    public override void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, Id);
        writer.WriteString("type"u8, "code_interpreter_call"u8);
        writer.WriteString("status"u8, IsClosed && result?.Outcome is { } outcome && outcome != "OUTCOME_OK" ? "failed" : Status);
        code.WriteTo(writer, "code"u8);
        writer.WriteString("container_id"u8, Container);
        WriteOutputs(writer);
        writer.WriteEndObject();
    }

    protected override void WriteLast(ResponsesEvents? events) => events?.Tell("response.code_interpreter_call.completed", this);

    private void WriteOutputs(Utf8JsonWriter writer)
    {
        if (!showsOutputs || result is null)
        {
            writer.WriteNull("outputs"u8);
            return;
        }

        writer.WriteStartArray("outputs"u8);
        writer.WriteStartObject();
        writer.WriteString("type"u8, "logs"u8);
        writer.WriteString("logs"u8, result.Output.Span);
        writer.WriteEndObject();
        writer.WriteEndArray();
    }
}
