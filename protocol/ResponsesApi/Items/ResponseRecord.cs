using System.Buffers;
using System.Text.Json;
using GeminiBalance.Protocol.GeminiToOpenAI;
using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Protocol.ResponsesApi;

/// <summary>A response as it is kept: the object, the new items it answered, and the responses whose conversation it goes on with.</summary>
public sealed class ResponseRecord
{
    /// <summary>Levels of nesting: what a request may have, inside of the object that repeats it.</summary>
    private const int DepthMax = RequestLimits.JsonDepthMax + 4;

    private ResponseRecord(RawJson response, IReadOnlyList<InputItem> input, IReadOnlyList<string> ancestors)
    {
        Response = response;
        Input = input;
        Ancestors = ancestors;
        (Output, Status) = ReadResponse(response);
    }

    /// <summary>The response object as the client got it.</summary>
    public RawJson Response { get; }

    /// <summary>What the response answered, without the conversation before; each with an id.</summary>
    public IReadOnlyList<InputItem> Input { get; }

    public IReadOnlyList<InputItem> Output { get; }

    public string Status { get; }

    /// <summary>Whether it is still being made.</summary>
    public bool IsRunning => Status == "in_progress";

    /// <summary>Ids, the oldest first.</summary>
    public IReadOnlyList<string> Ancestors { get; }

    /// <param name="response">The response object.</param>
    /// <param name="answerId">What the ids of items are made from that came without one.</param>
    public static void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> response, string answerId, IReadOnlyList<InputItem> input, IReadOnlyList<string> ancestors)
    {
        using var writer = new Utf8JsonWriter(output, ChatJson.Options);
        writer.WriteStartObject();
        WriteBefore(writer, ancestors, input, (item, at) => ResponseIds.OfInput(item, answerId, at));
        writer.WritePropertyName("response"u8);
        writer.WriteRawValue(response, skipInputValidation: true);
        writer.WriteEndObject();
    }

    /// <summary>Reads what <see cref="Write"/> wrote; items are slices of it.</summary>
    public static ResponseRecord Read(ReadOnlyMemory<byte> utf8)
    {
        var reader = new WireReader(utf8, DepthMax);
        reader.Read();
        List<string> ancestors = [];
        List<InputItem> input = [];
        RawJson response = default;
        while (reader.NextMember())
        {
            if (reader.Is("ancestors"u8))
            {
                ancestors = reader.List(ReadId, int.MaxValue) ?? [];
            }
            else if (reader.Is("input"u8))
            {
                input = reader.List(InputItemReader.Read, int.MaxValue) ?? [];
            }
            else
            {
                response = reader.Raw() ?? default;
            }
        }

        return new ResponseRecord(response, input, ancestors);
    }

    /// <summary>The same, ended before it was done.</summary>
    /// <param name="status"><c>cancelled</c> or <c>failed</c>.</param>
    /// <param name="error">Why it failed.</param>
    public byte[] Ended(string status, OpenAIError? error)
    {
        using var output = new MemoryStream();
        using (var writer = new Utf8JsonWriter(output, ChatJson.Options))
        {
            writer.WriteStartObject();
            WriteBefore(writer, Ancestors, Input, (item, _) => item.Id ?? "");
            writer.WritePropertyName("response"u8);
            WriteEnded(writer, status, error);
            writer.WriteEndObject();
        }

        return output.ToArray();
    }

    private static void WriteBefore(Utf8JsonWriter writer, IReadOnlyList<string> ancestors, IReadOnlyList<InputItem> input, Func<InputItem, int, string> idOf)
    {
        writer.WriteStartArray("ancestors"u8);
        foreach (var ancestor in ancestors)
        {
            writer.WriteStringValue(ancestor);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("input"u8);
        for (var i = 0; i < input.Count; i++)
        {
            input[i].WriteTo(writer, idOf(input[i], i));
        }

        writer.WriteEndArray();
    }

    private void WriteEnded(Utf8JsonWriter writer, string status, OpenAIError? error)
    {
        using var document = JsonDocument.Parse(Response.Utf8, new JsonDocumentOptions { MaxDepth = DepthMax });
        writer.WriteStartObject();
        foreach (var member in document.RootElement.EnumerateObject())
        {
            if (member.NameEquals("status"u8))
            {
                writer.WriteString("status"u8, status);
            }
            else if (member.NameEquals("error"u8) && error is not null)
            {
                ResponseObjectWriter.WriteError(writer, error);
            }
            else
            {
                member.WriteTo(writer);
            }
        }

        writer.WriteEndObject();
    }

    private static (List<InputItem> Output, string Status) ReadResponse(RawJson response)
    {
        var reader = new WireReader(response.Utf8, DepthMax);
        reader.Read();
        List<InputItem> output = [];
        var status = "";
        while (reader.NextMember())
        {
            if (reader.Is("output"u8))
            {
                output = reader.List(InputItemReader.Read, int.MaxValue) ?? [];
            }
            else if (reader.Is("status"u8))
            {
                status = reader.Text() ?? "";
            }
            else
            {
                reader.Skip();
            }
        }

        return (output, status);
    }

    private static string ReadId(ref WireReader reader) => reader.String();
}
