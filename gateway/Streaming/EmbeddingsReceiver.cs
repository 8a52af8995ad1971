using GeminiBalance.Gateway.Forwarding;
using GeminiBalance.Gateway.Upstream;
using GeminiBalance.KeyPool;
using GeminiBalance.Protocol.Gemini;

namespace GeminiBalance.Gateway.Streaming;

/// <summary>Reads one batch of embeddings. An answer that leaves texts out is a fault: merged, it would give the others' vectors to them.</summary>
internal sealed class EmbeddingsReceiver(int expectedCount) : IAnswerReceiver
{
    public bool HasCommitted => false;

    /// <summary>The answer, once the call has succeeded.</summary>
    public EmbeddingsAnswer? Answer { get; private set; }

    public async ValueTask<CallOutcome> ReceiveAsync(UpstreamAnswer answer)
    {
        using var buffer = AnswerBody.Rent(answer);
        return await AnswerBody.ReadAsync(answer, buffer) ?? Judge(buffer.Written.Span);
    }

    private CallOutcome Judge(ReadOnlySpan<byte> body)
    {
        try
        {
            Answer = GeminiAnswerReader.ReadEmbeddings(body);
        }
        catch (MalformedAnswerException)
        {
            return BrokenAnswer.Of(CallFault.Malformed);
        }

        return Answer.Embeddings?.Count == expectedCount && Answer.Embeddings.TrueForAll(entry => entry?.Values is { Length: > 0 })
            ? ChatUsage.AddTo(new(CallOutcomeKind.Succeeded), Answer.UsageMetadata)
            : BrokenAnswer.Of(CallFault.Incomplete);
    }
}
