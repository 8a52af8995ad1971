namespace GeminiBalance.Gateway.Streaming;

/// <summary>Tokens as the upstream tells them. What it does not tell is not zero: the pool would give back what the call was charged.</summary>
internal static class UsageCounts
{
    /// <summary>Input tokens, tool results included.</summary>
    public static long? Prompt(long? prompt, long? tools) => prompt + (tools ?? 0);

    /// <summary>Output tokens, thoughts included. The upstream leaves out either when there are none.</summary>
    public static long? Output(long? answer, long? thoughts) => answer is null ? thoughts : answer + (thoughts ?? 0);
}
