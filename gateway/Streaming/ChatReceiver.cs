using GeminiBalance.Gateway.Forwarding;
using GeminiBalance.Gateway.Upstream;
using GeminiBalance.KeyPool;
using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.GeminiToOpenAI;

namespace GeminiBalance.Gateway.Streaming;

/// <summary>Reads a whole answer for translation. One that says nothing is a fault, so that another key is tried.</summary>
/// <param name="isDefinitive">Whether another key could not do better; null for what holds of chats.</param>
internal sealed class ChatReceiver(Func<GenerateContentResponse, bool>? isDefinitive = null) : IAnswerReceiver
{
    public bool HasCommitted => false;

    /// <summary>The answer, once the call has succeeded.</summary>
    public GenerateContentResponse? Answer { get; private set; }

    public async ValueTask<CallOutcome> ReceiveAsync(UpstreamAnswer answer)
    {
        using var buffer = AnswerBody.Rent(answer);
        return await AnswerBody.ReadAsync(answer, buffer) ?? Judge(buffer.Written.Span);
    }

    private CallOutcome Judge(ReadOnlySpan<byte> body)
    {
        GenerateContentResponse read;
        try
        {
            read = GeminiAnswerReader.Read(body);
        }
        catch (MalformedAnswerException)
        {
            return new(CallOutcomeKind.UpstreamBroken) { Detail = "answer is not JSON" };
        }

        var outcome = (isDefinitive ?? IsDefinitive)(read)
            ? new CallOutcome(CallOutcomeKind.Succeeded)
            : new CallOutcome(CallOutcomeKind.UpstreamBroken) { Detail = "empty answer" };
        Answer = read;
        return ChatUsage.AddTo(outcome, read.UsageMetadata);
    }

    private static bool IsDefinitive(GenerateContentResponse answer) =>
        AnswerContent.Classify(answer) is AnswerContentKind.Useful or AnswerContentKind.Blocked or AnswerContentKind.Finished;
}
