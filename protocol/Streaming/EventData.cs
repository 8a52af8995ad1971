using System.Buffers;
using System.Text.Json;

namespace GeminiBalance.Protocol.Streaming;

/// <summary>The data of the event that is being put together.</summary>
internal sealed class EventData(int bytesMax)
{
    private readonly ArrayBufferWriter<byte> bytes = new(4096);
    private int depth;
    private bool inText;
    private bool escaped;
    private int counted;

    public bool IsEmpty => bytes.WrittenCount == 0;

    /// <summary>Whether it is JSON that stands in the stream without <c>data:</c>.</summary>
    public bool IsBare { get; private set; }

    public ReadOnlyMemory<byte> Memory => bytes.WrittenMemory;

    public void BeginBare() => IsBare = true;

    public void Append(ReadOnlySpan<byte> text)
    {
        if (bytes.WrittenCount + text.Length > bytesMax)
        {
            throw new StreamTooLargeException(bytesMax);
        }

        bytes.Write(text);
    }

    public void Clear()
    {
        bytes.ResetWrittenCount();
        IsBare = inText = escaped = false;
        depth = counted = 0;
    }

    /// <summary>Whether every bracket is closed. Counts on from where it stopped, so that many lines cost no more than one.</summary>
    public bool IsWholeJson()
    {
        var span = bytes.WrittenSpan;
        for (; counted < span.Length; counted++)
        {
            var current = span[counted];
            if (inText)
            {
                inText = escaped || current != (byte)'"';
                escaped = !escaped && current == (byte)'\\';
            }
            else if (current == (byte)'"')
            {
                inText = true;
            }
            else
            {
                depth += current is (byte)'{' or (byte)'[' ? 1 : current is (byte)'}' or (byte)']' ? -1 : 0;
            }
        }

        return !IsEmpty && depth == 0 && !inText;
    }

    /// <summary>Whether the first member is <c>error</c>.</summary>
    public bool IsError()
    {
        var reader = new Utf8JsonReader(bytes.WrittenSpan, isFinalBlock: false, state: default);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName)
                {
                    return reader.ValueTextEquals("error"u8);
                }

                if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
                {
                    return false;
                }
            }
        }
        catch (JsonException)
        {
            return false; // Reading the answer says what is wrong with it.
        }

        return false;
    }
}
