using System.Text.Json;
using GeminiBalance.Gateway.Streaming;

namespace GeminiBalance.Gateway.Live;

/// <summary>What the gateway must know of a message of the upstream.</summary>
internal struct LiveFacts
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = Limits.JsonDepthMax };

    /// <summary>A new handle by which the session can be resumed.</summary>
    public string? Handle { get; private set; }

    /// <summary>Input tokens of a turn, tool results included; null when the message tells none.</summary>
    public long? PromptTokens { get; private set; }

    /// <summary>Output tokens of a turn, thoughts included.</summary>
    public long? OutputTokens { get; private set; }

    /// <summary>Reads them. Most messages are sound and have neither: they are looked through for the two names and no further.</summary>
    public static LiveFacts Read(ReadOnlySpan<byte> message)
    {
        var facts = default(LiveFacts);
        if (message.IndexOf("\"usageMetadata\""u8) < 0 && message.IndexOf("\"sessionResumptionUpdate\""u8) < 0)
        {
            return facts;
        }

        var reader = new Utf8JsonReader(message, Options);
        try
        {
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isUsage = reader.ValueTextEquals("usageMetadata"u8);
                var isResumption = reader.ValueTextEquals("sessionResumptionUpdate"u8);
                reader.Read();
                if (isUsage && reader.TokenType == JsonTokenType.StartObject)
                {
                    facts.ReadUsage(reader);
                }
                else if (isResumption && reader.TokenType == JsonTokenType.StartObject)
                {
                    facts.ReadHandle(reader);
                }

                reader.Skip();
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Whether a message makes sense is between client and upstream.
        }

        return facts;
    }

    private void ReadUsage(Utf8JsonReader reader)
    {
        long? prompt = null, tools = null, answer = null, thoughts = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("promptTokenCount"u8))
            {
                prompt = Number(ref reader);
            }
            else if (reader.ValueTextEquals("toolUsePromptTokenCount"u8))
            {
                tools = Number(ref reader);
            }
            else if (reader.ValueTextEquals("responseTokenCount"u8))
            {
                answer = Number(ref reader);
            }
            else if (reader.ValueTextEquals("thoughtsTokenCount"u8))
            {
                thoughts = Number(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        (PromptTokens, OutputTokens) = (UsageCounts.Prompt(prompt, tools), UsageCounts.Output(answer, thoughts));
    }

    private static long? Number(ref Utf8JsonReader reader)
    {
        reader.Read();
        long? number = reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var read) && read is >= 0 and <= int.MaxValue ? read : null;
        reader.Skip();
        return number;
    }

    private void ReadHandle(Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isHandle = reader.ValueTextEquals("newHandle"u8);
            reader.Read();
            if (isHandle && reader.TokenType == JsonTokenType.String && reader.GetString() is { Length: > 0 } handle)
            {
                Handle = handle;
            }

            reader.Skip();
        }
    }
}
