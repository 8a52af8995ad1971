using System.Buffers;
using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Protocol.GeminiToOpenAI;

/// <summary>The events of one Gemini stream to <c>chat.completion.chunk</c>s. One per upstream stream; not thread safe.</summary>
/// <remarks>
/// The finish is held back until the stream ends: old models repeat STOP in every event, new ones send it in an event of its own after the calls.
/// So is what speaks of the whole text (annotations) or may come again (usage).
/// </remarks>
public sealed class ChatStreamTranslator(ChatAnswerContext context) : IAnswerStreamTranslator
{
    private readonly ChatStreamPartWriter parts = new(context);
    private readonly List<ChatStreamChoice> choices = [];
    private PromptFeedback? blocked;

    /// <summary>The last seen, which is the sum so far; null before the first.</summary>
    public UsageMetadata? Usage { get; private set; }

    /// <summary>Writes zero or more events.</summary>
    public void Translate(GenerateContentResponse chunk, IBufferWriter<byte> output)
    {
        parts.Chunks.WriteTo(output);
        Usage = chunk.UsageMetadata ?? Usage;
        blocked = chunk.PromptFeedback is { BlockReason: not null } feedback ? feedback : blocked;
        for (var i = 0; i < (chunk.Candidates?.Count ?? 0); i++)
        {
            if (chunk.Candidates![i] is { } candidate)
            {
                TakeCandidate(candidate, ChoiceFor(context.FirstChoice + ChoiceIndexes.Of(chunk.Candidates, i)));
            }
        }
    }

    /// <summary>Ends the stream after the upstream's end: finish chunks, then usage if asked for, and <c>[DONE]</c>.</summary>
    /// <param name="writeDone">False when other streams go on in the same answer: then only the finish chunks are written; see <c>WriteEnd</c>.</param>
    /// <returns>False, with nothing written, when the upstream ended without a finish (cut), or failed without output: send an error event.</returns>
    public bool Complete(IBufferWriter<byte> output, bool writeDone = true)
    {
        parts.Chunks.WriteTo(output);
        if (blocked is not null && choices.Count == 0)
        {
            ChoiceFor(context.FirstChoice);
        }

        if (choices.Count == 0 || (blocked is null && choices.Exists(choice => choice.IsBroken)))
        {
            return false;
        }

        foreach (var choice in choices)
        {
            parts.CloseCall(choice);
            FinishChoice(choice);
        }

        if (writeDone)
        {
            WriteEnd(parts.Chunks, context, Usage);
        }

        return true;
    }

    /// <summary>Ends an answer that was made of several streams.</summary>
    /// <param name="usages">The usage of each.</param>
    public static void WriteEnd(ChatAnswerContext context, IEnumerable<UsageMetadata> usages, IBufferWriter<byte> output)
    {
        var end = new ChatChunkWriter(context);
        end.WriteTo(output);
        WriteEnd(end, context, TokenCounts.Sum(usages));
    }

    /// <summary>Writes an error in a stream that has begun. Nothing may follow, <c>[DONE]</c> least of all.</summary>
    public static void WriteError(OpenAIError error, IBufferWriter<byte> output)
    {
        output.Write("data: "u8);
        error.WriteTo(output);
        output.Write("\n\n"u8);
    }

    private static void WriteEnd(ChatChunkWriter end, ChatAnswerContext context, UsageMetadata? usage)
    {
        if (context.IncludeUsage && usage is not null)
        {
            end.WriteUsage(usage);
        }

        end.WriteDone();
    }

    private ChatStreamChoice ChoiceFor(int index)
    {
        foreach (var choice in choices)
        {
            if (choice.Index == index)
            {
                return choice;
            }
        }

        var added = new ChatStreamChoice(index);
        choices.Add(added);
        return added;
    }

    private void TakeCandidate(Candidate candidate, ChatStreamChoice choice)
    {
        choice.PendingLogprobs = candidate.LogprobsResult is { ChosenCandidates.Count: > 0 } logprobs ? logprobs : choice.PendingLogprobs;
        var list = candidate.Content?.Parts;
        for (var i = 0; i < (list?.Count ?? 0); i++)
        {
            if (list![i] is { } part)
            {
                parts.Write(part, choice);
            }
        }

        choice.Finish = candidate.FinishReason ?? choice.Finish;
        choice.FinishMessage = candidate.FinishMessage ?? choice.FinishMessage;
        if (SourceList.HasAny(candidate))
        {
            (choice.Sources ??= new SourceList()).Add(candidate);
        }
    }

    private void FinishChoice(ChatStreamChoice choice)
    {
        var filtered = blocked is not null && choice.Finish is null;
        var reason = choice.Finish?.Reason ?? FinishReason.Unspecified;
        if (!choice.SawOutput && (blocked is not null || FinishReasons.ClassOf(reason) == FinishClass.ContentFilter))
        {
            var refusal = blocked is not null ? RefusalText.OfPrompt(blocked) : RefusalText.OfAnswer(choice.Finish!, choice.FinishMessage);
            parts.BeginDelta(choice, withContent: false).WriteString("refusal"u8, refusal);
            parts.EndDelta(choice);
        }

        if (context.ShowsSources && choice is { Calls: 0, Tail: not ContentTail.Nothing, Sources: { } sources } && SourceLinks.Of(sources.Grounds) is { Length: > 0 } links)
        {
            parts.BeginDelta(choice).WriteString("content"u8, links);
            parts.EndDelta(choice);
        }

        var annotations = choice.Sources?.Resolve(choice.Map) ?? [];
        if (annotations.Count > 0)
        {
            SourceList.Write(parts.BeginDelta(choice), annotations);
            parts.EndDelta(choice);
        }

        if (choice is { Calls: 0, Signature: { Length: > 0 } signature })
        {
            ToolCallWriter.WriteSignature(parts.BeginDelta(choice), signature);
            parts.EndDelta(choice);
        }

        parts.EndChoice(choice, filtered ? "content_filter" : FinishReasons.ToOpenAI(reason, choice.Calls > 0, context.UsesLegacyFunctions));
    }
}
