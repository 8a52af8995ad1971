using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.GeminiToOpenAI;
using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Protocol.ResponsesApi;

/// <summary>The events of one Gemini answer to the items of a response, one open at a time; a whole answer is one event.</summary>
/// <param name="events">Null for a whole answer, whose items are written in the end.</param>
internal sealed class OutputBuilder(ResponsesAnswerContext context, ResponsesEvents? events)
{
    private readonly List<OutputItem> items = [];
    private readonly CallAssembly assembly = new();
    private readonly ContentMap map = new();
    private readonly SearchNotes search = new();
    private readonly SourceList sources = new();
    private OutputItem? open;
    private LogprobsResult? logprobs;
    private PromptFeedback? blocked;
    private CandidateFinish? finish;
    private string? finishMessage;
    private string? signature;
    private bool sawOutput;
    private int calls;

    public IReadOnlyList<OutputItem> Items => items;

    /// <summary>The last seen, which is the sum so far; null before the first.</summary>
    public UsageMetadata? Usage { get; private set; }

    public void Take(GenerateContentResponse chunk)
    {
        Usage = chunk.UsageMetadata ?? Usage;
        blocked = chunk.PromptFeedback is { BlockReason: not null } feedback ? feedback : blocked;
        if (chunk.Candidates?.Find(candidate => candidate is { Index: null or 0 }) is not { } candidate)
        {
            return;
        }

        logprobs = candidate.LogprobsResult ?? logprobs;
        if (SourceList.HasAny(candidate))
        {
            sources.Add(candidate);
        }

        search.Add(candidate.GroundingMetadata);
        if (open is not MessageItem)
        {
            AddSearch();
        }

        var parts = candidate.Content?.Parts;
        for (var i = 0; i < (parts?.Count ?? 0); i++)
        {
            map.Part = events is null ? i : 0;
            if (parts![i] is { } part)
            {
                TakePart(part);
            }
        }

        finish = candidate.FinishReason ?? finish;
        finishMessage = candidate.FinishMessage ?? finishMessage;
    }

    /// <summary>Closes what is open.</summary>
    /// <returns>Status and reason; null when the answer was cut, or failed without output.</returns>
    public ResponseState? Complete()
    {
        var reason = finish?.Reason ?? FinishReason.Unspecified;
        var kind = blocked is not null && finish is null ? FinishClass.ContentFilter : FinishReasons.ClassOf(reason);
        if (blocked is null && (finish is null || (kind is FinishClass.Failure && !sawOutput)))
        {
            return null;
        }

        assembly.Close(AddCall);
        if (kind is FinishClass.ContentFilter && !sawOutput)
        {
            Close(OutputItem.Completed);
            Add(new RefusalItem(IdOf("msg"), items.Count, blocked is not null ? RefusalText.OfPrompt(blocked) : RefusalText.OfAnswer(finish!, finishMessage)));
        }

        var (state, itemStatus) = kind switch
        {
            FinishClass.Length => (new ResponseState(OutputItem.Incomplete, "max_output_tokens"), OutputItem.Incomplete),
            FinishClass.ContentFilter => (new ResponseState(OutputItem.Incomplete, "content_filter"), OutputItem.Incomplete),
            _ => (new ResponseState(OutputItem.Completed), OutputItem.Completed),
        };
        Annotate();
        Close(itemStatus);
        AddSearch();
        return state;
    }

    private void TakePart(ResponsePart part)
    {
        if (part.FunctionCall is { } call)
        {
            assembly.Take(part, call, AddCall);
            return;
        }

        signature = part.ThoughtSignature ?? signature;
        if (part.Thought is true)
        {
            if (!part.Text.IsEmpty)
            {
                (open as ReasoningItem ?? Add(new ReasoningItem(IdOf("rs"), items.Count, hasSummary: true))).Add(part.Text.Span, events);
            }
        }
        else if (ContentWriter.IsImage(part))
        {
            Add(new ImageItem(IdOf("ig"), items.Count, part.InlineData!));
            Close(OutputItem.Completed);
        }
        else if (part.ExecutableCode is { Code.IsEmpty: false } code)
        {
            Add(new CodeItem(IdOf("ci"), items.Count, context.Request.IncludesCodeOutputs)).Add(code, events);
        }
        else if (part.CodeExecutionResult is { } result && open is CodeItem running)
        {
            running.Take(result);
            Close(OutputItem.Completed);
        }
        else if (ContentWriter.IsContent(part))
        {
            (open as MessageItem ?? Add(new MessageItem(IdOf("msg"), items.Count, map.Length))).Add(part, map, events);
        }
        else
        {
            return;
        }

        sawOutput |= part.Thought is not true;
    }

    private void AddCall(ResponsePart part)
    {
        sawOutput = true;
        var call = calls++;
        if (call > 0 && !context.Answer.AllowsParallelToolCalls)
        {
            return;
        }

        var callId = ToolCallWriter.IdOf(context.Answer, 0, call);
        if (part.ThoughtSignature is { Length: > 0 } signed)
        {
            context.Answer.Signatures.Keep(callId, CallFingerprint.Of(part.FunctionCall!), signed);
            AddSignature(signed);
        }

        var name = ToolCallWriter.NameOf(part.FunctionCall!, context.Answer);
        var isCustom = context.Answer.CustomTools.Contains(name);
        Add(new CallItem(IdOf(isCustom ? "ctc" : "fc"), items.Count, part, callId, context.Request.ToolOf(name) ?? new ChatTool(ChatToolKind.Function, name), isCustom));
        Close(OutputItem.Completed);
    }

    // Clients that keep their conversations themselves send reasoning items back, and nothing else that could carry it.
    private void AddSignature(string signed)
    {
        if (!context.Request.IncludesEncryptedReasoning)
        {
            return;
        }

        var reasoning = open as ReasoningItem ?? Add(new ReasoningItem(IdOf("rs"), items.Count, hasSummary: false));
        reasoning.Signature = signed;
        Close(OutputItem.Completed);
    }

    private void AddSearch()
    {
        if (search.TakeQueries() is { Count: > 0 } queries)
        {
            Add(new SearchItem(IdOf("ws"), items.Count, queries, context.Request.IncludesSearchSources ? search.Sources : null));
            Close(OutputItem.Completed);
        }
    }

    // Google speaks of the text of the whole answer, and of all of it only at the end.
    private void Annotate()
    {
        var found = sources.Resolve(map);
        var last = true;
        foreach (var message in items.OfType<MessageItem>().Reverse())
        {
            message.Annotations = [.. found.Where(annotation => annotation.Start >= message.Start)];
            found = [.. found.Where(annotation => annotation.Start < message.Start)];
            message.Logprobs = last ? logprobs : null;
            message.Signature = last && calls == 0 ? signature : null;
            last = false;
        }
    }

    private T Add<T>(T item)
        where T : OutputItem
    {
        Close(OutputItem.Completed);
        items.Add(item);
        open = item;
        item.Open(events);
        return item;
    }

    private void Close(string status)
    {
        var closing = open;
        open = null;
        closing?.Close(status, events);
    }

    private string IdOf(string kind) => ResponseIds.OfItem(kind, context.Answer.AnswerId, items.Count);
}
