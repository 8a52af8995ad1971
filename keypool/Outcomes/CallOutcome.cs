namespace GeminiBalance.KeyPool;

/// <summary>How a call ended, and what was learned from it.</summary>
public readonly record struct CallOutcome(CallOutcomeKind Kind)
{
    /// <summary>When the call was handed to the network; null when it is not known, which counts as the latest allowed moment.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>From sending to the end of the answer, or to the failure.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>Input tokens the upstream counted; null when it did not say.</summary>
    public long? PromptTokens { get; init; }

    /// <summary>Output tokens, thoughts included.</summary>
    public long? OutputTokens { get; init; }

    /// <summary><c>RetryInfo.retryDelay</c> of the answer.</summary>
    public TimeSpan? RetryDelay { get; init; }

    /// <summary>Real limits named by a <c>QuotaFailure</c>.</summary>
    public IReadOnlyList<LearnedLimit>? LearnedLimits { get; init; }

    /// <summary>For people and logs: status and reason, such as <c>403 CONSUMER_SUSPENDED</c>. Never the upstream's message text.</summary>
    public string? Detail { get; init; }

    /// <summary>What was wrong with the answer, where <see cref="Kind"/> alone does not say.</summary>
    public CallFault? Fault { get; init; }

    /// <summary>Whether the key is certainly at fault, so that it leaves the pool at once and not after <c>MAX_FAILURES</c>.</summary>
    public bool IsConclusive { get; init; }
}
