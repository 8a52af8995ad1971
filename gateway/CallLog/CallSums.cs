namespace GeminiBalance.Gateway.CallLog;

/// <summary>What is counted of calls. Sums add up across gateways.</summary>
internal readonly record struct CallSums(long Calls, long PromptTokens, long OutputTokens, long LatencyMs)
{
    public static CallSums operator +(CallSums one, CallSums other) => new(
        one.Calls + other.Calls, one.PromptTokens + other.PromptTokens, one.OutputTokens + other.OutputTokens, one.LatencyMs + other.LatencyMs);
}
