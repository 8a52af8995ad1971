using GeminiBalance.Gateway.Forwarding;
using GeminiBalance.Gateway.Upstream;
using GeminiBalance.KeyPool;
using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.GeminiToOpenAI;

namespace GeminiBalance.Gateway.Streaming;

/// <summary>Reads a whole answer for translation. One that says nothing is a fault, so that another key is tried.</summary>
/// <param name="isDefinitive">Whether another key could not do better; null for what holds of chats.</param>
/// <param name="keepsBody">Whether <see cref="Body"/> is wanted.</param>
internal sealed class ChatReceiver(Func<GenerateContentResponse, bool>? isDefinitive = null, bool keepsBody = false) : IAnswerReceiver
{
    public bool HasCommitted => false;

    /// <summary>The answer, once the call has succeeded.</summary>
    public GenerateContentResponse? Answer { get; private set; }

    /// <summary>The answer as it came.</summary>
    public ReadOnlyMemory<byte> Body { get; private set; }

    public async ValueTask<CallOutcome> ReceiveAsync(UpstreamAnswer answer)
    {
        using var buffer = AnswerBody.Rent(answer);
        if (await AnswerBody.ReadAsync(answer, buffer) is { } fault)
        {
            return fault;
        }

        Body = keepsBody ? buffer.Written.ToArray() : default(ReadOnlyMemory<byte>);
        return Judge(buffer.Written.Span);
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
            return BrokenAnswer.Of(CallFault.Malformed);
        }

        var outcome = !(isDefinitive ?? IsDefinitive)(read) ? BrokenAnswer.Of(EmptyAnswer.FaultOf(EmptyAnswer.IsMalformedCall(read)))
            : isDefinitive is null && !IsFinished(read) ? BrokenAnswer.Of(CallFault.Unfinished)
            : new CallOutcome(CallOutcomeKind.Succeeded);
        Answer = read;
        return ChatUsage.AddTo(outcome, read.UsageMetadata);
    }

    // A finish reason is the upstream's to give: without one the client would be told one that is made up.
    private static bool IsFinished(GenerateContentResponse answer) =>
        answer.PromptFeedback?.BlockReason is not null || answer.Candidates?.All(candidate => candidate?.FinishReason is not null) == true;

    private static bool IsDefinitive(GenerateContentResponse answer) =>
        AnswerContent.Classify(answer) is AnswerContentKind.Useful or AnswerContentKind.Blocked or AnswerContentKind.Finished;
}
