using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using GeminiBalance.Protocol.Gemini;

namespace GeminiBalance.Protocol.OpenAIToGemini;

/// <summary>What to send, and what the answer needs to know of it.</summary>
public sealed record TranslatedChat
{
    /// <summary>Without the client's own options in Gemini's terms, which <see cref="WriteTo"/> merges in.</summary>
    public required GenerateContentRequest Request { get; init; }

    /// <summary>The client's tool names by the names sent upstream, where they differ.</summary>
    public required IReadOnlyDictionary<string, string> ToolNames { get; init; }

    /// <summary>The client's names of tools that take free text; their calls carry it as the argument <c>input</c>.</summary>
    public required IReadOnlySet<string> CustomTools { get; init; }

    /// <summary>Whether the answer is to end with links to its sources.</summary>
    public bool ShowsSources { get; init; }

    /// <summary>How many upstream calls of this same body make up the answer.</summary>
    public required int Calls { get; init; }

    /// <summary>The body with the client's own options merged in; null when there are none.</summary>
    internal JsonObject? Merged { get; init; }

    /// <summary>Writes the body as UTF-8 JSON.</summary>
    public void WriteTo(IBufferWriter<byte> buffer)
    {
        using var writer = new Utf8JsonWriter(buffer, GeminiRequestContext.WriterOptions);
        if (Merged is not null)
        {
            Merged.WriteTo(writer);
        }
        else
        {
            JsonSerializer.Serialize(writer, Request, GeminiRequestContext.Default.GenerateContentRequest);
        }
    }

    /// <summary>The body as UTF-8 JSON.</summary>
    public byte[] ToUtf8Bytes()
    {
        var buffer = new ArrayBufferWriter<byte>();
        WriteTo(buffer);
        return buffer.WrittenSpan.ToArray();
    }
}
