using GeminiBalance.Gateway.CallLog;
using GeminiBalance.Gateway.Cluster.Keys;
using GeminiBalance.Storage.MySql;

namespace GeminiBalance.Gateway.Cluster.CallLog;

/// <summary>The log of calls in the cluster's database.</summary>
internal sealed class ClusterCallLogStore(MySqlCallLog log) : ICallLogStore
{
    public async ValueTask WriteAsync(CallLogBatch batch, CancellationToken cancellationToken) => await log.WriteAsync(
        new LogBatch(
            batch.Writer,
            batch.Number,
            [.. batch.Attempts.Select(LogRows.ToRow)],
            [.. batch.Errors.Select(LogRows.ToRow)],
            [.. batch.Minutes.Select(LogRows.ToRow)],
            [.. batch.Hours.Select(LogRows.ToRow)]),
        cancellationToken);

    public ValueTask<int> DeleteAsync(CallLogPart part, DateTimeOffset before, int rowsMax, CancellationToken cancellationToken) =>
        Unavailable.GuardAsync(() => log.DeleteAsync((LogTable)part, before, rowsMax, cancellationToken));
}
