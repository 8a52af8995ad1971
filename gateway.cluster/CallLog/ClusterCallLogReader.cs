using GeminiBalance.Gateway.CallLog;
using GeminiBalance.Gateway.Cluster.Keys;
using GeminiBalance.Storage.MySql;

namespace GeminiBalance.Gateway.Cluster.CallLog;

/// <summary>Reads the logs of all gateways of the cluster.</summary>
internal sealed class ClusterCallLogReader(MySqlCallLogReader reader) : ICallLogReader
{
    public ValueTask<CallLogPage<LoggedAttempt>> ListRequestsAsync(CallLogFilter filter, CancellationToken cancellationToken) => Unavailable.GuardAsync(async () =>
    {
        var (rows, total) = await reader.ListRequestsAsync(LogRows.ToQuery(filter), cancellationToken);
        return new CallLogPage<LoggedAttempt>([.. rows.Select(LogRows.ToAttempt)], total);
    });

    public ValueTask<CallLogPage<LoggedError>> ListErrorsAsync(CallLogFilter filter, CancellationToken cancellationToken) => Unavailable.GuardAsync(async () =>
    {
        var (rows, total) = await reader.ListErrorsAsync(LogRows.ToQuery(filter), cancellationToken);
        return new CallLogPage<LoggedError>([.. rows.Select(LogRows.ToError)], total);
    });

    public ValueTask<CallLogRow<LoggedError>?> FindErrorAsync(long id, CancellationToken cancellationToken) => Unavailable.GuardAsync(
        async () => await reader.FindErrorAsync(id, cancellationToken) is { } row ? LogRows.ToError(row) : null);

    public ValueTask<IReadOnlyList<(string KeyId, long Count)>> CountErrorsByKeyAsync(int status, DateTimeOffset from, int keysMax, CancellationToken cancellationToken) =>
        Unavailable.GuardAsync(() => reader.CountErrorsByKeyAsync(status, from, keysMax, cancellationToken));

    public ValueTask<int> DeleteErrorsAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken) =>
        Unavailable.GuardAsync(() => reader.DeleteErrorsAsync(ids, cancellationToken));
}
