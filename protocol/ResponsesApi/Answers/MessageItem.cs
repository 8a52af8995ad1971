using System.Text.Json;
using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.GeminiToOpenAI;

namespace GeminiBalance.Protocol.ResponsesApi;

/// <summary>What the model says.</summary>
/// <param name="start">Code points of all messages before this one.</param>
internal sealed class MessageItem(string id, int index, int start) : OutputItem(id, index)
{
    private readonly EscapedText text = new();
    private ContentTail tail;
    private bool hasPart;

    /// <summary>Code points of all messages before this one.</summary>
    public int Start => start;

    public IReadOnlyCollection<UrlAnnotation> Annotations { get; set; } = [];

    public LogprobsResult? Logprobs { get; set; }

    /// <summary>Of the text; no harm when it is lost.</summary>
    public string? Signature { get; set; }

    public override void Open(ResponsesEvents? events)
    {
        base.Open(events);
        WritePart(events, "response.content_part.added");
        hasPart = true;
    }

    public void Add(ResponsePart part, ContentMap map, ResponsesEvents? events)
    {
        tail = ContentWriter.WriteSegments(text.Begin(), part, tail, map);
        var piece = text.End();
        if (events is not null)
        {
            var writer = Begin(events, "response.output_text.delta");
            writer.WritePropertyName("delta"u8);
            writer.WriteRawValue(piece, skipInputValidation: true);
            writer.WriteStartArray("logprobs"u8);
            writer.WriteEndArray();
            events.End();
        }
    }

    public override void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, Id);
        writer.WriteString("type"u8, "message"u8);
        writer.WriteString("status"u8, Status);
        writer.WriteString("role"u8, "assistant"u8);
        writer.WriteStartArray("content"u8);
        if (hasPart)
        {
            WriteContent(writer);
        }

        writer.WriteEndArray();
        if (Signature is { Length: > 0 } signature && IsClosed)
        {
            ToolCallWriter.WriteSignature(writer, signature);
        }

        writer.WriteEndObject();
    }

    protected override void WriteLast(ResponsesEvents? events)
    {
        if (events is null)
        {
            return;
        }

        var position = 0;
        foreach (var annotation in Annotations)
        {
            var added = Begin(events, "response.output_text.annotation.added");
            added.WriteNumber("annotation_index"u8, position++);
            added.WritePropertyName("annotation"u8);
            WriteAnnotation(added, annotation);
            events.End();
        }

        var done = Begin(events, "response.output_text.done");
        text.WriteTo(done, "text"u8);
        WriteLogprobs(done);
        events.End();
        WritePart(events, "response.content_part.done");
    }

    private Utf8JsonWriter Begin(ResponsesEvents events, string type)
    {
        var writer = events.Begin(type, this);
        writer.WriteNumber("content_index"u8, 0);
        return writer;
    }

    private void WritePart(ResponsesEvents? events, string type)
    {
        if (events is not null)
        {
            var writer = Begin(events, type);
            writer.WritePropertyName("part"u8);
            WriteContent(writer);
            events.End();
        }
    }

    private void WriteContent(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, "output_text"u8);
        writer.WriteStartArray("annotations"u8);
        foreach (var annotation in Annotations)
        {
            WriteAnnotation(writer, annotation);
        }

        writer.WriteEndArray();
        WriteLogprobs(writer);
        text.WriteTo(writer, "text"u8);
        writer.WriteEndObject();
    }

    private void WriteAnnotation(Utf8JsonWriter writer, UrlAnnotation annotation)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, "url_citation"u8);
        writer.WriteString("url"u8, annotation.Url);
        writer.WriteString("title"u8, annotation.Title ?? "");
        writer.WriteNumber("start_index"u8, annotation.Start - start);
        writer.WriteNumber("end_index"u8, annotation.End - start);
        writer.WriteEndObject();
    }

    private void WriteLogprobs(Utf8JsonWriter writer)
    {
        if (Logprobs is { } logprobs)
        {
            LogprobsWriter.WriteTokens(writer, "logprobs"u8, logprobs);
        }
        else
        {
            writer.WriteStartArray("logprobs"u8);
            writer.WriteEndArray();
        }
    }
}
