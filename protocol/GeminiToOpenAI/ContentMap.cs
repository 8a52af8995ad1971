using System.Buffers;

namespace GeminiBalance.Protocol.GeminiToOpenAI;

/// <summary>Where the model's text lies in the content that the client sees: turns Google's byte offsets into the client's character offsets.</summary>
/// <remarks>
/// A character is a Unicode code point, as in OpenAI's own annotations and in Python; a JavaScript client that slices UTF-16 is off by one
/// for each character outside the basic plane before the quote. Google counts UTF-8 bytes, in a stream over the text of all events.
/// </remarks>
internal sealed class ContentMap
{
    private readonly List<Piece> pieces = [];
    private byte[]? joined;

    public int Part { get; set; }

    /// <summary>Code points so far.</summary>
    public int Length => pieces.Sum(piece => piece.Others + CountCodePoints(piece.Text.Span));

    public void AddText(ReadOnlyMemory<byte> text) => pieces.Add(new Piece(text, 0, Part));

    /// <summary>Content that is not the model's text: fences, pictures.</summary>
    public void AddOther(ReadOnlySpan<byte> bytes) => pieces.Add(new Piece(default, CountCodePoints(bytes), Part));

    /// <param name="startByte">Offset in the text of all parts, or of one part.</param>
    /// <param name="endByte">One behind the last.</param>
    /// <param name="partIndex">The part the offsets count from, if said.</param>
    /// <param name="expected">The text that must stand there; empty when unknown.</param>
    /// <returns>Code points in the content; null when there is no such text.</returns>
    public (int Start, int End)? Resolve(int startByte, int endByte, int? partIndex, ReadOnlySpan<byte> expected)
    {
        joined ??= Join();
        if (!expected.IsEmpty)
        {
            // Parts are counted differently by model (thoughts count or not): the quoted text itself decides.
            if (!Holds(startByte, endByte, expected))
            {
                startByte += TextBefore(partIndex ?? 0);
                endByte += TextBefore(partIndex ?? 0);
            }

            if (!Holds(startByte, endByte, expected))
            {
                startByte = joined.AsSpan().IndexOf(expected);
                endByte = startByte + expected.Length;
            }
        }
        else if (partIndex is > 0)
        {
            startByte += TextBefore(partIndex.Value);
            endByte += TextBefore(partIndex.Value);
        }

        endByte = Math.Min(endByte, joined.Length);
        return startByte >= 0 && startByte < endByte ? (StartOf(startByte), EndOf(endByte)) : null;
    }

    // Continuation bytes (10xxxxxx) are the ones that begin no code point.
    private static int CountCodePoints(ReadOnlySpan<byte> utf8)
    {
        var count = 0;
        foreach (var current in utf8)
        {
            count += (current & 0xC0) == 0x80 ? 0 : 1;
        }

        return count;
    }

    private bool Holds(int startByte, int endByte, ReadOnlySpan<byte> expected) =>
        startByte >= 0 && endByte >= startByte && endByte <= joined!.Length && joined.AsSpan(startByte, endByte - startByte).SequenceEqual(expected);

    private int TextBefore(int part) => pieces.Where(piece => piece.Part < part).Sum(piece => piece.Text.Length);

    private int StartOf(int textByte)
    {
        var characters = 0;
        foreach (var piece in pieces)
        {
            if (textByte < piece.Text.Length)
            {
                // A byte within a character stands for that character.
                return characters + CountCodePoints(piece.Text.Span[..(textByte + 1)]) - 1;
            }

            textByte -= piece.Text.Length;
            characters += piece.Others + CountCodePoints(piece.Text.Span);
        }

        return characters;
    }

    private int EndOf(int textByte) => StartOf(textByte - 1) + 1;

    private byte[] Join()
    {
        var writer = new ArrayBufferWriter<byte>(256);
        foreach (var piece in pieces)
        {
            writer.Write(piece.Text.Span);
        }

        return writer.WrittenSpan.ToArray();
    }

    private readonly record struct Piece(ReadOnlyMemory<byte> Text, int Others, int Part);
}
