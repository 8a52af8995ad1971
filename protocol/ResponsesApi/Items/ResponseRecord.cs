using System.Buffers;
using System.Text.Json;
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
        Output = ReadOutput(response);
    }

    /// <summary>The response object as the client got it.</summary>
    public RawJson Response { get; }

    /// <summary>What the response answered, without the conversation before; each with an id.</summary>
    public IReadOnlyList<InputItem> Input { get; }

    public IReadOnlyList<InputItem> Output { get; }

    /// <summary>Ids, the oldest first.</summary>
    public IReadOnlyList<string> Ancestors { get; }

    /// <param name="response">The response object.</param>
    /// <param name="answerId">What the ids of items are made from that came without one.</param>
    public static void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> response, string answerId, IReadOnlyList<InputItem> input, IReadOnlyList<string> ancestors)
    {
        using var writer = new Utf8JsonWriter(output, ChatJson.Options);
        writer.WriteStartObject();
        writer.WriteStartArray("ancestors"u8);
        foreach (var ancestor in ancestors)
        {
            writer.WriteStringValue(ancestor);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("input"u8);
        for (var i = 0; i < input.Count; i++)
        {
            input[i].WriteTo(writer, ResponseIds.OfInput(input[i], answerId, i));
        }

        writer.WriteEndArray();
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

    private static List<InputItem> ReadOutput(RawJson response)
    {
        var reader = new WireReader(response.Utf8, DepthMax);
        reader.Read();
        List<InputItem> output = [];
        while (reader.NextMember())
        {
            if (reader.Is("output"u8))
            {
                output = reader.List(InputItemReader.Read, int.MaxValue) ?? [];
            }
            else
            {
                reader.Skip();
            }
        }

        return output;
    }

    private static string ReadId(ref WireReader reader) => reader.String();
}
