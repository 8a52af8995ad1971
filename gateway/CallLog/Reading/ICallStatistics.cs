namespace GeminiBalance.Gateway.CallLog;

/// <summary>Sums up the counters.</summary>
internal interface ICallStatistics
{
    /// <returns>One sum per group: the largest first, or in the order of time.</returns>
    ValueTask<IReadOnlyList<CallSum>> SumAsync(CallSumQuery query, CancellationToken cancellationToken);
}
