using Dapper;

namespace GeminiBalance.Storage.MySql;

/// <summary>Reads the log of calls and their counters, for people.</summary>
public sealed class MySqlCallLogReader(MySqlDatabase database)
{
    /// <summary>The longest time for one answer, in seconds.</summary>
    private const int ReadSecondsMax = 20;

    private const string Columns =
        """
        id, time, key_id AS KeyId, model, face, client_id AS ClientId, number, is_stream AS IsStream, outcome, status, latency_ms AS LatencyMs,
        prompt_tokens AS PromptTokens, output_tokens AS OutputTokens
        """;

    private const string Requests =
        """
        (SELECT FLOOR(UNIX_TIMESTAMP(time)) AS start, key_id, model, outcome, 1 AS calls, COALESCE(prompt_tokens, 0) AS prompt_tokens,
            COALESCE(output_tokens, 0) AS output_tokens, latency_ms
        FROM request_log WHERE time >= @time) AS requests
        """;

    /// <summary>A page, and how many rows match.</summary>
    public Task<(IReadOnlyList<LogRow> Rows, int Total)> ListRequestsAsync(LogQuery query, CancellationToken cancellationToken) =>
        ListAsync("request_log", Columns, query, cancellationToken);

    /// <summary>A page without request bodies, and how many rows match.</summary>
    public Task<(IReadOnlyList<LogRow> Rows, int Total)> ListErrorsAsync(LogQuery query, CancellationToken cancellationToken) =>
        ListAsync("error_log", $"{Columns}, detail, message", query, cancellationToken);

    public Task<LogRow?> FindErrorAsync(long id, CancellationToken cancellationToken) => database.RunAsync(
        connection => connection.QuerySingleOrDefaultAsync<LogRow>(
            Command($"SELECT {Columns}, detail, message, request_body AS RequestBody FROM error_log WHERE id = @id", new { id }, cancellationToken)),
        cancellationToken);

    /// <summary>The keys with most errors of one status.</summary>
    public Task<IReadOnlyList<(string KeyId, long Count)>> CountErrorsByKeyAsync(int status, DateTimeOffset from, int keysMax, CancellationToken cancellationToken) =>
        database.RunAsync<IReadOnlyList<(string, long)>>(
            async connection => (await connection.QueryAsync<(string, long)>(Command(
                "SELECT key_id, COUNT(*) AS n FROM error_log WHERE time >= @time AND status = @status GROUP BY key_id ORDER BY n DESC, key_id LIMIT @keysMax",
                new { time = from.UtcDateTime, status, keysMax },
                cancellationToken))).AsList(),
            cancellationToken);

    /// <returns>How many were there.</returns>
    public async Task<int> DeleteErrorsAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken) => ids.Count == 0 ? 0 : await database.InTransactionAsync(
        connection => connection.ExecuteAsync(Command("DELETE FROM error_log WHERE id IN @ids", new { ids }, cancellationToken)), cancellationToken);

    /// <returns>One sum per group: the largest first, or in the order of time.</returns>
    public Task<IReadOnlyList<SumRow>> SumAsync(SumQuery query, CancellationToken cancellationToken)
    {
        var (table, condition) = query.Source switch
        {
            SumSource.Requests => (Requests, "TRUE"),
            SumSource.Minutes => ("call_minutes", "start >= @seconds"),
            _ => ("call_hours", "start >= @seconds"),
        };
        var keys = query.KeyId is not null ? "AND key_id = @keyId"
            : query.Source == SumSource.Requests ? ""
            : query.By == SumGrouping.Key ? "AND key_id <> ''"
            : "AND key_id = ''";
        var (group, order) = query.By switch
        {
            SumGrouping.All => ("''", "1"),
            SumGrouping.Model => ("model", "2 DESC, 1"),
            SumGrouping.Key => ("key_id", "2 DESC, 1"),
            SumGrouping.Outcome => ("CAST(outcome AS CHAR)", "2 DESC, 1"),
            SumGrouping.Minute => ("CAST(start - start % 60 AS CHAR)", "1"),
            _ => ("CAST(start - start % 3600 AS CHAR)", "1"),
        };
        var sql =
            $"""
            SELECT {group}, CAST(SUM(calls) AS SIGNED), CAST(SUM(IF(outcome = @succeeded, calls, 0)) AS SIGNED), CAST(SUM(IF(outcome = @cancelled, calls, 0)) AS SIGNED),
                CAST(SUM(prompt_tokens) AS SIGNED), CAST(SUM(output_tokens) AS SIGNED), CAST(SUM(latency_ms) AS SIGNED)
            FROM {table} WHERE {condition} {keys} GROUP BY 1 ORDER BY {order} LIMIT @groupsMax
            """;
        var parameters = new
        {
            time = query.From.UtcDateTime,
            seconds = (query.From.ToUnixTimeMilliseconds() + 999) / 1000,
            keyId = query.KeyId,
            succeeded = query.Succeeded,
            cancelled = query.Cancelled,
            groupsMax = query.GroupsMax,
        };
        return database.RunAsync<IReadOnlyList<SumRow>>(
            async connection =>
            {
                await using var rows = await connection.ExecuteReaderAsync(Command(sql, parameters, cancellationToken));
                var sums = new List<SumRow>();
                while (await rows.ReadAsync(cancellationToken))
                {
                    sums.Add(new SumRow(rows.GetString(0), rows.GetInt64(1), rows.GetInt64(2), rows.GetInt64(3), rows.GetInt64(4), rows.GetInt64(5), rows.GetInt64(6)));
                }

                return sums;
            },
            cancellationToken);
    }

    private static CommandDefinition Command(string sql, object? parameters, CancellationToken cancellationToken) =>
        new(sql, parameters, commandTimeout: ReadSecondsMax, cancellationToken: cancellationToken);

    private Task<(IReadOnlyList<LogRow> Rows, int Total)> ListAsync(string table, string columns, LogQuery query, CancellationToken cancellationToken)
    {
        var conditions = new LogConditions(query);
        return database.RunAsync<(IReadOnlyList<LogRow>, int)>(
            async connection =>
            {
                var rows = await connection.QueryAsync<LogRow>(Command(
                    $"SELECT {columns} FROM {table} {conditions.Where} {conditions.Order} LIMIT @limit OFFSET @offset", conditions.Parameters, cancellationToken));
                var total = await connection.ExecuteScalarAsync<int>(Command(
                    $"SELECT COUNT(*) FROM (SELECT 1 FROM {table} {conditions.Where} LIMIT @countMax) AS counted", conditions.Parameters, cancellationToken));
                return (rows.AsList(), total);
            },
            cancellationToken);
    }
}
