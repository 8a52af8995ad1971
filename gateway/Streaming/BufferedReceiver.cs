using GeminiBalance.Gateway.Forwarding;
using GeminiBalance.Gateway.Upstream;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Streaming;

/// <summary>Reads an answer as a whole, so that one that breaks off or says nothing costs the client nothing: another key is tried.</summary>
internal sealed class BufferedReceiver(AnswerContract contract) : IAnswerReceiver, IDisposable
{
    private PooledBuffer? buffer;
    private HttpResponseMessage? response;

    public bool HasCommitted => false;

    /// <summary>The last answer came whole and says nothing. When every attempt ends so, it is the upstream's true answer.</summary>
    public bool IsWholeButEmpty { get; private set; }

    /// <summary>The last answer came whole and does not say why it ends. Like an empty one, it is passed on when every attempt ends so.</summary>
    public bool IsWholeButUnfinished { get; private set; }

    public string? ContentType { get; private set; }

    /// <summary>The status and headers that came last.</summary>
    public HttpResponseMessage Response => response ?? throw new InvalidOperationException("Nothing was received.");

    /// <summary>The whole answer; valid until disposal.</summary>
    public ReadOnlyMemory<byte> Body => buffer?.Written ?? default;

    public void Dispose() => buffer?.Dispose();

    public async ValueTask<CallOutcome> ReceiveAsync(UpstreamAnswer answer)
    {
        buffer?.Dispose();
        response = answer.Response;
        ContentType = answer.ContentType;
        IsWholeButEmpty = IsWholeButUnfinished = false;
        buffer = AnswerBody.Rent(answer);
        if (await AnswerBody.ReadAsync(answer, buffer) is { } fault)
        {
            return fault;
        }

        return Judge(answer);
    }

    /// <summary>Writes the answer that was received last, with its own status and headers.</summary>
    public async Task WriteAsync(HttpContext context)
    {
        AnswerHeaders.SetNative(context.Response, Response);
        context.Response.ContentLength = Body.Length;
        await context.Response.BodyWriter.WriteAsync(Body, context.RequestAborted);
    }

    private CallOutcome Judge(UpstreamAnswer answer)
    {
        if (!contract.MustBeUseful && ContentType?.Contains("json", StringComparison.OrdinalIgnoreCase) != true)
        {
            return new(CallOutcomeKind.Succeeded);
        }

        var facts = contract.Scan(Body.Span);
        if (facts.IsError)
        {
            var outcome = UpstreamErrorClassifier.Classify((int)answer.Response.StatusCode, Body.Span);
            return outcome.Kind == CallOutcomeKind.Succeeded ? BrokenAnswer.Of(CallFault.Error) : outcome;
        }

        IsWholeButEmpty = contract.MustBeUseful && !facts.IsMalformed && !facts.IsUseful;
        IsWholeButUnfinished = contract.WholeMustFinish && facts is { IsMalformed: false, IsUseful: true, IsFinished: false };
        if ((contract.MustBeUseful && (facts.IsMalformed || !facts.IsUseful)) || IsWholeButUnfinished)
        {
            return BrokenAnswer.Of(facts.IsMalformed ? CallFault.Malformed : IsWholeButUnfinished ? CallFault.Unfinished : CallFault.Empty) with
            {
                PromptTokens = facts.PromptTokens,
                OutputTokens = facts.OutputTokens,
            };
        }

        return new(CallOutcomeKind.Succeeded) { PromptTokens = facts.PromptTokens, OutputTokens = facts.OutputTokens };
    }
}
