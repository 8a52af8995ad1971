namespace GeminiBalance.Protocol.Gemini;

/// <summary>What a call used, in tokens, as clients and quotas count it.</summary>
public static class TokenCounts
{
    /// <summary>All input: the prompt with its cached part, and what tool results added.</summary>
    public static long Prompt(UsageMetadata usage) => (usage.PromptTokenCount ?? 0) + (usage.ToolUsePromptTokenCount ?? 0);

    /// <summary>All output: the answer and the thoughts.</summary>
    public static long Completion(UsageMetadata usage) => Candidates(usage) + (usage.ThoughtsTokenCount ?? 0);

    /// <summary>The calls of one client request together.</summary>
    public static UsageMetadata Sum(IEnumerable<UsageMetadata> usages)
    {
        var sum = new UsageMetadata
        {
            PromptTokenCount = 0,
            CachedContentTokenCount = 0,
            CandidatesTokenCount = 0,
            ThoughtsTokenCount = 0,
            ToolUsePromptTokenCount = 0,
            PromptTokensDetails = [],
            CandidatesTokensDetails = [],
        };
        foreach (var usage in usages)
        {
            sum.PromptTokenCount += usage.PromptTokenCount ?? 0;
            sum.CachedContentTokenCount += usage.CachedContentTokenCount ?? 0;
            sum.CandidatesTokenCount += Candidates(usage);
            sum.ThoughtsTokenCount += usage.ThoughtsTokenCount ?? 0;
            sum.ToolUsePromptTokenCount += usage.ToolUsePromptTokenCount ?? 0;
            sum.PromptTokensDetails.AddRange(usage.PromptTokensDetails ?? []);
            sum.CandidatesTokensDetails.AddRange(usage.CandidatesTokensDetails ?? []);
        }

        sum.TotalTokenCount = Prompt(sum) + Completion(sum);
        return sum;
    }

    // Left out by some models while the total holds it.
    private static long Candidates(UsageMetadata usage) =>
        usage.CandidatesTokenCount ?? Math.Max(0, (usage.TotalTokenCount ?? 0) - Prompt(usage) - (usage.ThoughtsTokenCount ?? 0));
}
