using System.Text.Json;
using GeminiBalance.Gateway.Streaming;

namespace GeminiBalance.Gateway.Interactions;

/// <summary>Reads the facts out of an interaction or one event of its stream in one pass.</summary>
internal static class InteractionScan
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = Limits.JsonDepthMax };

    public static AnswerFacts Scan(ReadOnlySpan<byte> json) => Read(json).Facts;

    /// <returns>The facts, and the id of the interaction where it is told.</returns>
    public static (AnswerFacts Facts, string? Id) Read(ReadOnlySpan<byte> json)
    {
        if (json.Trim(" \r\n"u8).SequenceEqual("[DONE]"u8))
        {
            return (new AnswerFacts { IsFinished = true }, null);
        }

        var view = default(InteractionAnswer);
        var reader = new Utf8JsonReader(json, Options);
        try
        {
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                return (new AnswerFacts { IsMalformed = true }, null);
            }

            view.Read(ref reader);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return (view.Facts with { IsMalformed = true }, null);
        }

        return (view.Facts, view.Id);
    }
}
