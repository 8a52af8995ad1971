using GeminiBalance.KeyPool;
using GeminiBalance.Protocol.Gemini;

namespace GeminiBalance.Gateway.Streaming;

/// <summary>Usage for the pool.</summary>
internal static class ChatUsage
{
    public static CallOutcome AddTo(in CallOutcome outcome, UsageMetadata? usage) => usage is null
        ? outcome
        : outcome with { PromptTokens = UsageCounts.Prompt(usage.PromptTokenCount, usage.ToolUsePromptTokenCount), OutputTokens = TokenCounts.Completion(usage) };
}
