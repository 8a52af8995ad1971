using System.Text;
using System.Text.Json;
using GeminiBalance.Protocol.Gemini;

namespace GeminiBalance.Protocol.GeminiToOpenAI;

/// <summary>Log probabilities as the old API has them: one list each of tokens, numbers and places.</summary>
internal static class CompletionLogprobs
{
    /// <summary>What OpenAI gives for a token that cannot come; JSON has no infinity.</summary>
    private const double Impossible = -9999;

    /// <param name="textOffset">Characters of the choice before the first token.</param>
    public static void Write(Utf8JsonWriter writer, LogprobsResult result, int textOffset)
    {
        var chosen = result.ChosenCandidates?.OfType<LogprobsCandidate>().ToList() ?? [];
        writer.WriteStartObject("logprobs"u8);
        writer.WriteStartArray("tokens"u8);
        foreach (var token in chosen)
        {
            writer.WriteStringValue(token.Token.Span);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("token_logprobs"u8);
        foreach (var token in chosen)
        {
            writer.WriteNumberValue(Finite(token));
        }

        writer.WriteEndArray();
        writer.WriteStartArray("top_logprobs"u8);
        for (var i = 0; i < chosen.Count; i++)
        {
            WriteTop(writer, i < result.TopCandidates?.Count ? result.TopCandidates[i] : null);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("text_offset"u8);
        foreach (var token in chosen)
        {
            writer.WriteNumberValue(textOffset);
            textOffset += LengthOf(token.Token.Span);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>Characters as Unicode code points, which is how OpenAI counts.</summary>
    public static int LengthOf(ReadOnlySpan<byte> utf8)
    {
        var count = 0;
        foreach (var current in utf8)
        {
            count += (current & 0xC0) == 0x80 ? 0 : 1;
        }

        return count;
    }

    private static double Finite(LogprobsCandidate token) => double.IsFinite(token.LogProbability ?? 0) ? token.LogProbability ?? 0 : Impossible;

    private static void WriteTop(Utf8JsonWriter writer, TopCandidates? top)
    {
        writer.WriteStartObject();
        var seen = new HashSet<string>();
        foreach (var candidate in top?.Candidates ?? [])
        {
            if (candidate is not null && seen.Add(Encoding.UTF8.GetString(candidate.Token.Span)))
            {
                writer.WriteNumber(candidate.Token.Span, Finite(candidate));
            }
        }

        writer.WriteEndObject();
    }
}
