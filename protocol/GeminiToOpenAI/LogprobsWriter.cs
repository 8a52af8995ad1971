using System.Text.Json;
using GeminiBalance.Protocol.Gemini;

namespace GeminiBalance.Protocol.GeminiToOpenAI;

internal static class LogprobsWriter
{
    /// <summary>What OpenAI gives for a token that cannot come; JSON has no infinity.</summary>
    private const double Impossible = -9999;

    public static void Write(Utf8JsonWriter writer, LogprobsResult result)
    {
        writer.WriteStartObject("logprobs"u8);
        WriteTokens(writer, "content"u8, result);
        writer.WriteNull("refusal"u8);
        writer.WriteEndObject();
    }

    public static void WriteTokens(Utf8JsonWriter writer, ReadOnlySpan<byte> name, LogprobsResult result)
    {
        writer.WriteStartArray(name);
        for (var i = 0; i < (result.ChosenCandidates?.Count ?? 0); i++)
        {
            if (result.ChosenCandidates![i] is { } chosen)
            {
                writer.WriteStartObject();
                WriteToken(writer, chosen);
                writer.WriteStartArray("top_logprobs"u8);
                WriteTop(writer, i < result.TopCandidates?.Count ? result.TopCandidates[i] : null);
                writer.WriteEndArray();
                writer.WriteEndObject();
            }
        }

        writer.WriteEndArray();
    }

    private static void WriteTop(Utf8JsonWriter writer, TopCandidates? top)
    {
        foreach (var candidate in top?.Candidates ?? [])
        {
            if (candidate is not null)
            {
                writer.WriteStartObject();
                WriteToken(writer, candidate);
                writer.WriteEndObject();
            }
        }
    }

    private static void WriteToken(Utf8JsonWriter writer, LogprobsCandidate candidate)
    {
        writer.WriteString("token"u8, candidate.Token.Span);
        var logprob = candidate.LogProbability ?? 0;
        writer.WriteNumber("logprob"u8, double.IsFinite(logprob) ? logprob : Impossible);
        writer.WriteStartArray("bytes"u8);
        foreach (var current in candidate.Token.Span)
        {
            writer.WriteNumberValue(current);
        }

        writer.WriteEndArray();
    }
}
