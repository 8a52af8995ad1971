using Dapper;
using GeminiBalance.Gateway.CallLog;

namespace GeminiBalance.Gateway.Storage;

/// <summary>Reads the logs from SQLite.</summary>
internal sealed class SqliteCallLogReader(SqliteReader reader, SqliteDatabase database) : ICallLogReader
{
    public ValueTask<CallLogPage<LoggedAttempt>> ListRequestsAsync(CallLogFilter filter, CancellationToken cancellationToken) =>
        ListAsync("request_log", StoredAttempt.Columns, filter, row => row.ToRequest(), cancellationToken);

    public ValueTask<CallLogPage<LoggedError>> ListErrorsAsync(CallLogFilter filter, CancellationToken cancellationToken) =>
        ListAsync("error_log", $"{StoredAttempt.Columns}, detail, message", filter, row => row.ToError(), cancellationToken);

    public ValueTask<CallLogRow<LoggedError>?> FindErrorAsync(long id, CancellationToken cancellationToken) => reader.ReadAsync(
        (connection, transaction) => connection.QuerySingleOrDefault<StoredAttempt>(
            $"SELECT {StoredAttempt.Columns}, detail, message, request_body AS RequestBody FROM error_log WHERE id = @id", new { id }, transaction)?.ToError(),
        cancellationToken);

    public ValueTask<IReadOnlyList<(string KeyId, long Count)>> CountErrorsByKeyAsync(int status, DateTimeOffset from, int keysMax, CancellationToken cancellationToken) =>
        reader.ReadAsync<IReadOnlyList<(string, long)>>(
            (connection, transaction) => connection.Query<(string, long)>(
                "SELECT key_id, count(*) AS n FROM error_log WHERE time >= @from AND status = @status GROUP BY key_id ORDER BY n DESC, key_id LIMIT @keysMax",
                new { from = from.ToUnixTimeMilliseconds(), status, keysMax },
                transaction).AsList(),
            cancellationToken);

    public ValueTask<int> DeleteErrorsAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken) => database.InTransactionAsync(
        isDurable: false,
        (connection, transaction) => connection.Execute("DELETE FROM error_log WHERE id = @id", ids.Select(id => new { id }), transaction),
        cancellationToken);

    private ValueTask<CallLogPage<T>> ListAsync<T>(
        string table, string columns, CallLogFilter filter, Func<StoredAttempt, CallLogRow<T>> convert, CancellationToken cancellationToken)
    {
        var conditions = new CallLogConditions(filter);
        return reader.ReadAsync(
            (connection, transaction) => new CallLogPage<T>(
                [.. connection.Query<StoredAttempt>(
                    $"SELECT {columns} FROM {table} {conditions.Where} {conditions.Order} LIMIT @limit OFFSET @offset", conditions.Parameters, transaction).Select(convert)],
                connection.ExecuteScalar<int>(
                    $"SELECT count(*) FROM (SELECT 1 FROM {table} {conditions.Where} LIMIT @countMax)", conditions.Parameters, transaction)),
            cancellationToken);
    }
}
