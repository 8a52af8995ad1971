using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Protocol.ResponsesApi;

/// <summary>A text that grows, as the inside of a JSON string: each piece is escaped once and written as often as the events repeat it.</summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "A JSON writer over a buffer of its own holds nothing.")]
internal sealed class EscapedText
{
    private readonly ArrayBufferWriter<byte> whole = new(256);
    private readonly ArrayBufferWriter<byte> piece = new(256);
    private readonly Utf8JsonWriter writer;

    public EscapedText()
    {
        writer = new Utf8JsonWriter(piece, ChatJson.Options);
        whole.Write("\""u8);
    }

    /// <summary>Opens a piece, which is written as segments of a string.</summary>
    public Utf8JsonWriter Begin()
    {
        piece.ResetWrittenCount();
        writer.Reset(piece);
        return writer;
    }

    /// <summary>Closes the piece.</summary>
    /// <returns>It, in quotes; valid until the next.</returns>
    public ReadOnlySpan<byte> End()
    {
        writer.WriteStringValueSegment(""u8, isFinalSegment: true);
        writer.Flush();
        whole.Write(piece.WrittenSpan[1..^1]);
        return piece.WrittenSpan;
    }

    public ReadOnlySpan<byte> Add(ReadOnlySpan<byte> text)
    {
        Begin().WriteStringValueSegment(text, isFinalSegment: false);
        return End();
    }

    /// <summary>Takes a string that was written as one.</summary>
    public void AddQuoted(ReadOnlySpan<byte> quoted) => whole.Write(quoted[1..^1]);

    public void WriteTo(Utf8JsonWriter to, ReadOnlySpan<byte> name)
    {
        to.WritePropertyName(name);
        var quoted = ArrayPool<byte>.Shared.Rent(whole.WrittenCount + 1);
        whole.WrittenSpan.CopyTo(quoted);
        quoted[whole.WrittenCount] = (byte)'"';
        to.WriteRawValue(quoted.AsSpan(0, whole.WrittenCount + 1), skipInputValidation: true);
        ArrayPool<byte>.Shared.Return(quoted);
    }
}
