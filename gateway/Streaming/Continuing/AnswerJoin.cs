using System.Text;
using System.Text.Json.Nodes;
using GeminiBalance.Gateway.Forwarding;
using GeminiBalance.Gateway.Upstream;
using GeminiBalance.KeyPool;
using GeminiBalance.Protocol.OpenAIToGemini;

namespace GeminiBalance.Gateway.Streaming;

/// <summary>One answer that may be made of several calls: what was said, and how the next call's events join it.</summary>
/// <param name="first">The client's own call.</param>
internal sealed class AnswerJoin(UpstreamCall first)
{
    private readonly StringBuilder said = new();
    private readonly List<JsonObject> held = [];
    private readonly StringBuilder next = new();
    private int saidBefore;
    private JsonObject? usageBefore;
    private JsonObject? usage;
    private bool isTextOnly = true;
    private bool isJoined = true;

    /// <summary>How many further calls there were.</summary>
    public int Continuations { get; private set; }

    /// <summary>Whether the present call has said anything for the client.</summary>
    public bool HasText { get; private set; }

    /// <summary>What the present call has used by itself.</summary>
    public AnswerFacts Own { get; private set; }

    /// <returns>Null when cut answers are not continued.</returns>
    public static AnswerJoin? For(UpstreamCall call) => call.Settings.Streams.ContinuationsMax > 0 ? new(call) : null;

    /// <summary>An attempt begins; what an earlier one of the same call said has not reached the client.</summary>
    public void Begin()
    {
        said.Length = saidBefore;
        usage = usageBefore;
        held.Clear();
        next.Clear();
        Own = default;
        HasText = false;
        isJoined = Continuations == 0;
    }

    /// <summary>The call for the rest of the answer.</summary>
    /// <returns>Null when the failure, or the answer, is none that can be continued.</returns>
    public UpstreamCall? Next(CallFailure failure)
    {
        var isCut = failure.Attempt?.Outcome.Kind is CallOutcomeKind.UpstreamBroken or CallOutcomeKind.UpstreamTimedOut or CallOutcomeKind.UpstreamUnavailable;
        if (!isCut || !isTextOnly || said.Length is 0 or > Limits.ContinuedTextCharsMax || Continuations >= first.Settings.Streams.ContinuationsMax
            || first.Body is not { Length: <= Limits.ContinuedBodyBytesMax } body
            || ContinuationBody.Of(body.Span, said.ToString(), Output(usage)) is not { } rest)
        {
            return null;
        }

        Continuations++;
        (saidBefore, usageBefore) = (said.Length, usage?.DeepClone() as JsonObject);
        return first with { Body = rest, EstimatedTokens = PromptTokenEstimator.Estimate(rest) };
    }

    /// <summary>What to pass on for an event of the present call; nothing while it may repeat what was said.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Take(ReadOnlyMemory<byte> json)
    {
        var facts = Own;
        facts.Add(GeminiScan.Scan(json.Span));
        Own = facts;
        if (AnswerEvent.TryReadObject(json.Span) is not { } root)
        {
            return [json];
        }

        if (root["usageMetadata"] is JsonObject told)
        {
            UsageSum.Add(usageBefore, told);
            usage = told.DeepClone() as JsonObject;
        }

        var text = string.Concat(Parts(root).Select(Text));
        isTextOnly &= Parts(root).All(part => part?["text"] is not null);
        HasText |= text.Length > 0;
        if (Continuations == 0)
        {
            Remember(text);
            return [json];
        }

        Trim(root);
        if (isJoined)
        {
            Remember(text);
            return [AnswerEvent.Write(root)];
        }

        held.Add(root);
        next.Append(text);
        return next.Length == 0 || Seam.IsOpen(said.ToString(), next.ToString()) ? [] : Release();
    }

    /// <summary>The call has ended: what was held back.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> End() => isJoined || next.Length == 0 ? [] : Release();

    private static IEnumerable<JsonNode?> Parts(JsonObject root) => AnswerEvent.ContentOf(root)?["parts"] as JsonArray ?? [];

    private static string? Text(JsonNode? part) => part is JsonObject one ? AnswerEvent.TextOf(one) : null;

    private static long Output(JsonObject? usage) => Count(usage, "candidatesTokenCount") + Count(usage, "thoughtsTokenCount");

    private static long Count(JsonObject? usage, string name) => usage?[name] is JsonValue value && value.TryGetValue<long>(out var count) ? count : 0;

    // The answer has begun: what the model thinks now would stand in the middle of it.
    private static void Trim(JsonObject root)
    {
        if (AnswerEvent.ContentOf(root) is { } content)
        {
            content["parts"] = new JsonArray([.. Parts(root).Where(part => Text(part) is not null).Select(part => part!.DeepClone())]);
        }
    }

    /// <summary>What is too long to be continued is not gathered further.</summary>
    private void Remember(string text) => said.Append(said.Length > Limits.ContinuedTextCharsMax ? "" : text);

    private List<ReadOnlyMemory<byte>> Release()
    {
        var all = next.ToString();
        var rest = all[Seam.Overlap(said.ToString(), all)..];
        var isWritten = false;
        foreach (var root in held)
        {
            if (!isWritten && Parts(root).Any())
            {
                AnswerEvent.ContentOf(root)!["parts"] = new JsonArray(new JsonObject { ["text"] = rest });
                isWritten = true;
            }
            else if (AnswerEvent.ContentOf(root) is { } content)
            {
                content["parts"] = new JsonArray();
            }
        }

        isJoined = true;
        Remember(rest);
        var released = held.ConvertAll(root => (ReadOnlyMemory<byte>)AnswerEvent.Write(root));
        held.Clear();
        return released;
    }
}
