using GeminiBalance.Gateway.CallLog;
using GeminiBalance.Gateway.Cluster.Keys;
using GeminiBalance.KeyPool;
using GeminiBalance.Storage.MySql;

namespace GeminiBalance.Gateway.Cluster.CallLog;

/// <summary>Sums up what all gateways of the cluster have counted.</summary>
internal sealed class ClusterCallStatistics(MySqlCallLogReader reader) : ICallStatistics
{
    public ValueTask<IReadOnlyList<CallSum>> SumAsync(CallSumQuery query, CancellationToken cancellationToken) => Unavailable.GuardAsync<IReadOnlyList<CallSum>>(async () =>
    {
        var sums = await reader.SumAsync(
            new SumQuery(
                (SumSource)query.Source,
                query.From,
                (SumGrouping)query.By,
                query.KeyId,
                (int)CallOutcomeKind.Succeeded,
                (int)CallOutcomeKind.ClientLeft,
                query.GroupsMax),
            cancellationToken);
        return [.. sums.Select(sum => new CallSum(sum.Group, sum.Calls, sum.Succeeded, sum.Cancelled, sum.PromptTokens, sum.OutputTokens, sum.LatencyMs))];
    });
}
