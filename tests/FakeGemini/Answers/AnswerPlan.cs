namespace GeminiBalance.FakeGemini;

/// <summary>A whole answer before it is written as one object, as events or as an array.</summary>
internal sealed record AnswerPlan(FakeModel Model, string ResponseId, IReadOnlyList<AnswerEvent> Events)
{
    public long PromptTokens { get; init; }

    public long CachedTokens { get; init; }

    public long ToolTokens { get; init; }

    public int Candidates { get; init; } = 1;

    /// <summary><c>promptFeedback.blockReason</c>: then there are no candidates.</summary>
    public string? BlockReason { get; init; }

    public bool WithLogProbs { get; init; }

    /// <summary>How many candidates to name for each token.</summary>
    public int TopLogProbs { get; init; } = 1;

    /// <summary>Milliseconds to wait before the first byte, asked for by the prompt.</summary>
    public double FirstByteDelayMs { get; init; }

    /// <summary>Milliseconds to wait between events, asked for by the prompt.</summary>
    public double EventDelayMs { get; init; }

    public long OutputTokens => Events.Sum(one => one.Parts.Sum(part => (long)part.Tokens));

    /// <summary>All events as one, neighbouring texts of one kind joined.</summary>
    public AnswerEvent Whole()
    {
        if (Events.Any(one => one.Parts.Any(part => part.InlineMimeType == Sounds.RawType)))
        {
            return Sounds.Whole(Events, Model);
        }

        if (Events is [var only])
        {
            return only;
        }

        var parts = new List<AnswerPart>();
        foreach (var part in Events.SelectMany(one => one.Parts))
        {
            if (parts is [.., { Text: { } before, Signature: null } last] && part.Text is { } text && last.IsThought == part.IsThought)
            {
                parts[^1] = part with { Text = before + text };
            }
            else if (part is not { Text: "", Signature: null })
            {
                parts.Add(part);
            }
        }

        return Events[^1] with
        {
            Parts = parts,
            FinishMessage = parts.Any(part => part.CallName is not null) ? "Model generated function call(s)." : Events[^1].FinishMessage,
        };
    }
}
