using System.Text.Json;
using GeminiBalance.Protocol.Gemini;

namespace GeminiBalance.Protocol.GeminiToOpenAI;

/// <summary>Writes what goes into <c>content</c>: text as it is, code and its results as fenced blocks, media as Markdown.</summary>
internal static class ContentWriter
{
    private const int FenceBackticksMin = 3;

    /// <summary>Whether the part shows in the content (or in <c>message.images</c>). Thoughts do not, nor do pictures drawn while thinking.</summary>
    public static bool IsContent(ResponsePart part) =>
        part.Thought is not true
        && (!part.Text.IsEmpty
            || part.ExecutableCode is { Code.IsEmpty: false }
            || part.CodeExecutionResult is { Output.IsEmpty: false }
            || (part.InlineData is { Data.IsEmpty: false } && !AudioWriter.IsAudio(part))
            || part.FileData is { FileUri.Length: > 0 });

    public static bool IsImage(ResponsePart part) =>
        part.InlineData is { Data.IsEmpty: false, MimeType: { } mime } && mime.StartsWith("image/", StringComparison.OrdinalIgnoreCase);

    /// <summary>Writes one part as segments of the string that is being written.</summary>
    public static ContentTail WriteSegments(Utf8JsonWriter writer, ResponsePart part, ContentTail tail, ContentMap map)
    {
        if (!part.Text.IsEmpty)
        {
            return WriteText(writer, part.Text.Memory, tail, map);
        }

        if (tail is ContentTail.Text or ContentTail.Block)
        {
            Put(writer, map, "\n"u8);
        }

        if (part.ExecutableCode is { } code)
        {
            WriteFenced(writer, map, LanguageOf(code), code.Code.Span);
        }
        else if (part.CodeExecutionResult is { } result)
        {
            WriteFenced(writer, map, "output"u8, result.Output.Span);
        }
        else if (part.InlineData is { } blob)
        {
            Put(writer, map, IsImage(part) ? "![image]("u8 : "[attachment]("u8);
            Put(writer, map, DataUrlPrefix(blob));
            Put(writer, map, blob.Data.Span);
            Put(writer, map, ")"u8);
        }
        else if (part.FileData is { FileUri: { } uri, MimeType: var mime })
        {
            Put(writer, map, mime?.StartsWith("image/", StringComparison.OrdinalIgnoreCase) is true ? "![image]("u8 : "[attachment]("u8);
            Put(writer, map, System.Text.Encoding.UTF8.GetBytes(uri));
            Put(writer, map, ")"u8);
        }

        return ContentTail.Block;
    }

    public static byte[] DataUrlPrefix(ResponseBlob blob) =>
        System.Text.Encoding.UTF8.GetBytes($"data:{blob.MimeType ?? "application/octet-stream"};base64,");

    private static ContentTail WriteText(Utf8JsonWriter writer, ReadOnlyMemory<byte> text, ContentTail tail, ContentMap map)
    {
        if (tail == ContentTail.Block && text.Span[0] != (byte)'\n')
        {
            Put(writer, map, "\n"u8);
        }

        writer.WriteStringValueSegment(text.Span, isFinalSegment: false);
        map.AddText(text);
        return text.Span[^1] == (byte)'\n' ? ContentTail.LineBreak : ContentTail.Text;
    }

    private static void WriteFenced(Utf8JsonWriter writer, ContentMap map, ReadOnlySpan<byte> info, ReadOnlySpan<byte> text)
    {
        Span<byte> fence = stackalloc byte[64];
        fence = fence[..Math.Clamp(LongestBackticks(text) + 1, FenceBackticksMin, fence.Length)];
        fence.Fill((byte)'`');
        Put(writer, map, fence);
        Put(writer, map, info);
        Put(writer, map, "\n"u8);
        Put(writer, map, text);
        Put(writer, map, text[^1] == (byte)'\n' ? [] : "\n"u8);
        Put(writer, map, fence);
    }

    private static int LongestBackticks(ReadOnlySpan<byte> text)
    {
        var longest = 0;
        while (text.IndexOf((byte)'`') is >= 0 and var found)
        {
            text = text[found..];
            var length = text.IndexOfAnyExcept((byte)'`');
            length = length < 0 ? text.Length : length;
            longest = Math.Max(longest, length);
            text = text[length..];
        }

        return longest;
    }

    private static ReadOnlySpan<byte> LanguageOf(ExecutableCode code) =>
        code.Language is null or "PYTHON" or "LANGUAGE_UNSPECIFIED" ? "python"u8 : System.Text.Encoding.UTF8.GetBytes(code.Language.ToLowerInvariant());

    private static void Put(Utf8JsonWriter writer, ContentMap map, ReadOnlySpan<byte> bytes)
    {
        writer.WriteStringValueSegment(bytes, isFinalSegment: false);
        map.AddOther(bytes);
    }
}
