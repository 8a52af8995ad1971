using System.Buffers;
using System.Text.Json;

namespace GeminiBalance.FakeGemini;

/// <summary>JSON spaced as upstream spaces it: unary answers indented by two, events on one line with a blank after each colon.</summary>
internal static class GoogleJson
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, NewLine = "\n", Encoder = GoogleEncoder.Instance, SkipValidation = true };
    private static readonly JsonWriterOptions OneLine = new() { Encoder = GoogleEncoder.Instance, SkipValidation = true };

    /// <summary>Indented by two, with a line feed at the end.</summary>
    public static byte[] Pretty(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        Pretty(buffer, write);
        return buffer.WrittenSpan.ToArray();
    }

    public static void Pretty(IBufferWriter<byte> output, Action<Utf8JsonWriter> write)
    {
        using (var writer = new Utf8JsonWriter(output, Indented))
        {
            write(writer);
        }

        output.Write("\n"u8);
    }

    public static void Line(IBufferWriter<byte> output, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, OneLine))
        {
            write(writer);
        }

        SpaceColons(buffer.WrittenSpan, output);
    }

    private static void SpaceColons(ReadOnlySpan<byte> json, IBufferWriter<byte> output)
    {
        var inString = false;
        var start = 0;
        for (var i = 0; i < json.Length; i++)
        {
            switch (json[i])
            {
                case (byte)'\\':
                    i++;
                    break;
                case (byte)'"':
                    inString = !inString;
                    break;
                case (byte)':' when !inString:
                    output.Write(json[start..(i + 1)]);
                    output.Write(" "u8);
                    start = i + 1;
                    break;
            }
        }

        output.Write(json[start..]);
    }
}
