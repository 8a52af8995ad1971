namespace GeminiBalance.Protocol.OpenAI;

/// <summary>Every spelling of "how much to think" seen in clients, kept apart until all are read.</summary>
internal sealed class ReasoningDraft
{
    /// <summary><c>reasoning_effort</c></summary>
    public string? Effort { get; set; }

    /// <summary><c>reasoning.effort</c></summary>
    public string? NestedEffort { get; set; }

    /// <summary><c>reasoning.max_tokens</c></summary>
    public int? NestedBudget { get; set; }

    /// <summary><c>thinking.budget_tokens</c></summary>
    public int? ThinkingTokens { get; set; }

    /// <summary><c>thinking_budget</c></summary>
    public int? Budget { get; set; }

    /// <summary><c>enable_thinking</c>, <c>reasoning.enabled</c> or <c>thinking.type</c></summary>
    public bool? Enabled { get; set; }

    /// <summary><c>reasoning.exclude</c></summary>
    public bool Exclude { get; set; }

    public ReasoningOptions? Finish()
    {
        var effort = Effort ?? (Enabled is false ? "none" : NestedEffort);
        var budget = effort is null ? NestedBudget ?? ThinkingTokens ?? Budget : null;
        return effort is null && budget is null && !Exclude ? null : new ReasoningOptions(effort, budget, Exclude);
    }
}
