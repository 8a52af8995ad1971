using System.Buffers;
using System.Text.Json;
using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.GeminiToOpenAI;

namespace GeminiBalance.Gateway.Resources;

/// <summary>Answers of <c>/v1/embeddings</c>: the vectors of a line come one by one, and are told when all are there.</summary>
internal sealed class EmbeddingBatchAnswers(BatchAnswerContext context) : IBatchAnswers
{
    private readonly Dictionary<string, WaitingVectors> waiting = new(StringComparer.Ordinal);
    private long bytes;

    public BatchAnswer? Take(string key, JsonElement line)
    {
        if (!EmbeddingKey.TryParse(key, out var about))
        {
            throw new MalformedAnswerException("The upstream's answer has the key of another request.");
        }

        if (!waiting.TryGetValue(about.Id, out var vectors))
        {
            waiting[about.Id] = vectors = new WaitingVectors(about);
        }

        bytes += BatchFailure.ResponseOf(line) is { } response ? vectors.Add(about, GeminiAnswerReader.ReadEmbeddings(response)) : vectors.Fail(line);
        if (vectors.IsComplete)
        {
            waiting.Remove(about.Id);
            bytes -= vectors.Bytes;
            return AnswerOf(about.Id, vectors);
        }

        // A line's answers are neighbours wherever the upstream keeps the order of its input, as it says it does.
        return bytes <= BatchLimits.WaitingVectorBytesMax ? null : throw new MalformedAnswerException("The upstream's answers are too far from those they belong to.");
    }

    public IEnumerable<BatchAnswer> Rest() => waiting.Select(pair => AnswerOf(pair.Key, pair.Value));

    private BatchAnswer AnswerOf(string id, WaitingVectors vectors)
    {
        var requestId = context.Ids.Next();
        if (vectors.Answers is not { } answers)
        {
            return BatchFailure.Of(id, requestId, vectors.Failure);
        }

        var body = new ArrayBufferWriter<byte>();
        var answer = new EmbeddingsAnswerContext
        {
            RequestedModel = context.Model, UpstreamModel = context.UpstreamModel, AsBase64 = vectors.AsBase64, EstimatedTokens = vectors.EstimatedTokens,
        };
        EmbeddingsResponseTranslator.Write(answers, answer, body);
        return new BatchAnswer(id, StatusCodes.Status200OK, requestId, body.WrittenMemory);
    }
}
