using System.Text.Json;
using GeminiBalance.Protocol.Gemini;

namespace GeminiBalance.Gateway.Resources;

/// <summary>The vectors of one line, as far as they have come.</summary>
internal sealed class WaitingVectors(EmbeddingKey first)
{
    private readonly EmbeddingsAnswer?[] answers = new EmbeddingsAnswer?[first.Count];
    private int taken;

    /// <summary>What is held of them.</summary>
    public long Bytes { get; private set; }

    public bool AsBase64 => first.AsBase64;

    /// <summary>Of the texts whose vectors are there.</summary>
    public long EstimatedTokens { get; private set; }

    /// <summary>Whether nothing more is to come.</summary>
    public bool IsComplete => taken >= answers.Length;

    /// <summary>The line that failed, if one did.</summary>
    public JsonElement Failure { get; private set; }

    /// <summary>All, in order; null when some failed or are missing.</summary>
    public IReadOnlyList<EmbeddingsAnswer>? Answers => Failure.ValueKind == JsonValueKind.Undefined && answers.OfType<EmbeddingsAnswer>().ToList() is var all && all.Count == answers.Length ? all : null;

    /// <returns>Bytes that are held from now on.</returns>
    public long Add(EmbeddingKey key, EmbeddingsAnswer answer)
    {
        if (key.Count != answers.Length || answers[key.Index] is not null)
        {
            throw new MalformedAnswerException("The upstream's answer belongs to no text of its line.");
        }

        taken++;
        answers[key.Index] = answer;
        EstimatedTokens += key.Tokens;
        var added = (answer.Embedding?.Values?.Length ?? 0) * (long)sizeof(float);
        Bytes += added;
        return added;
    }

    /// <returns>Bytes that are held from now on: none.</returns>
    public long Fail(JsonElement line)
    {
        taken++;
        Failure = line.Clone();
        return 0;
    }
}
