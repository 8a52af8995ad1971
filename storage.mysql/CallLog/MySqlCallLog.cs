using Dapper;
using MySqlConnector;

namespace GeminiBalance.Storage.MySql;

/// <summary>Writes the log of calls and their counters, for many gateways at once, and deletes what is old.</summary>
public sealed class MySqlCallLog(MySqlDatabase database)
{
    private const int ModelCharsMax = 200;
    private const int ClientCharsMax = 100;
    private const int DetailCharsMax = 400;
    private const int MessageCharsMax = 4_000;
    private const int BodyCharsMax = 64 * 1024;

    /// <summary>For how long a writer that has gone is remembered, in days.</summary>
    private const int WriterDays = 7;

    private const string Columns = "time, key_id, model, face, client_id, number, is_stream, outcome, status, latency_ms, prompt_tokens, output_tokens";

    /// <summary>The longest time for deleting one piece, in seconds.</summary>
    private const int DeleteSecondsMax = 30;

    /// <returns>False when the batch had been written before.</returns>
    /// <exception cref="MySqlStorageException">It could not be written, or only the answer was lost: it is to come again with the same number.</exception>
    public Task<bool> WriteAsync(LogBatch batch, CancellationToken cancellationToken) => database.InTransactionAsync(
        async connection =>
        {
            if (!await TryBeginAsync(connection, batch, cancellationToken))
            {
                return false;
            }

            await WriteAsync(connection, $"INSERT INTO request_log ({Columns})", batch.Requests, (rows, row) => rows.Add(Values(row)), _ => 200, cancellationToken);
            await WriteAsync(
                connection,
                $"INSERT INTO error_log ({Columns}, detail, message, request_body)",
                batch.Errors,
                (rows, row) => rows.Add([.. Values(row), Cut(row.Detail, DetailCharsMax), Cut(row.Message, MessageCharsMax), Cut(row.RequestBody, BodyCharsMax)]),
                row => 200 + (sizeof(int) * ((row.Message?.Length ?? 0) + (row.RequestBody?.Length ?? 0))),
                cancellationToken);

            // What all gateways count together comes last, since nobody else gets at these rows until the end of the transaction.
            await AddAsync(connection, "call_minutes", batch.Minutes.Where(IsOfKey), cancellationToken);
            await AddAsync(connection, "call_hours", batch.Hours.Where(IsOfKey), cancellationToken);
            await AddAsync(connection, "call_minutes", batch.Minutes.Where(count => !IsOfKey(count)), cancellationToken);
            await AddAsync(connection, "call_hours", batch.Hours.Where(count => !IsOfKey(count)), cancellationToken);
            return true;
        },
        cancellationToken);

    /// <summary>Deletes what is older, the oldest first.</summary>
    /// <returns>How many rows were deleted; fewer than <paramref name="rowsMax"/> means that none are left.</returns>
    public Task<int> DeleteAsync(LogTable table, DateTimeOffset before, int rowsMax, CancellationToken cancellationToken)
    {
        var sql = table switch
        {
            LogTable.Requests => "DELETE FROM request_log WHERE time < @time ORDER BY time LIMIT @rowsMax",
            LogTable.Errors => "DELETE FROM error_log WHERE time < @time ORDER BY time LIMIT @rowsMax",
            LogTable.KeyMinutes => "DELETE FROM call_minutes WHERE start < @seconds AND key_id <> '' ORDER BY start LIMIT @rowsMax",
            LogTable.Minutes => "DELETE FROM call_minutes WHERE start < @seconds ORDER BY start LIMIT @rowsMax",
            _ => "DELETE FROM call_hours WHERE start < @seconds ORDER BY start LIMIT @rowsMax",
        };
        var parameters = new { time = before.UtcDateTime, seconds = before.ToUnixTimeSeconds(), rowsMax };
        return database.InTransactionAsync(
            connection => connection.ExecuteAsync(new CommandDefinition(sql, parameters, commandTimeout: DeleteSecondsMax, cancellationToken: cancellationToken)), cancellationToken);
    }

    private static bool IsOfKey(CountRow count) => count.KeyId.Length > 0;

    private static string? Cut(string? text, int charsMax) => text?.Length > charsMax ? text[..charsMax] : text;

    private static object?[] Values(LogRow row) =>
    [
        row.Time, row.KeyId, Cut(row.Model, ModelCharsMax), row.Face, Cut(row.ClientId, ClientCharsMax), row.Number, row.IsStream, row.Outcome, row.Status,
        row.LatencyMs, row.PromptTokens, row.OutputTokens,
    ];

    /// <summary>Raises the writer's number. Only a first batch has no row to raise.</summary>
    private static async Task<bool> TryBeginAsync(MySqlConnection connection, LogBatch batch, CancellationToken cancellationToken)
    {
        var parameters = new { batch.Writer, batch.Number };
        if (await connection.ExecuteAsync(new CommandDefinition(
            "UPDATE log_writers SET number = @Number, written_at = UTC_TIMESTAMP(6) WHERE writer = @Writer AND number < @Number", parameters, cancellationToken: cancellationToken)) > 0)
        {
            return true;
        }

        var isFirst = await connection.ExecuteAsync(new CommandDefinition(
            "INSERT IGNORE INTO log_writers (writer, number, written_at) VALUES (@Writer, @Number, UTC_TIMESTAMP(6))", parameters, cancellationToken: cancellationToken)) > 0;
        if (isFirst)
        {
            await connection.ExecuteAsync(new CommandDefinition(
                $"DELETE FROM log_writers WHERE written_at < UTC_TIMESTAMP(6) - INTERVAL {WriterDays} DAY", cancellationToken: cancellationToken));
        }

        return isFirst;
    }

    private static async Task WriteAsync<T>(
        MySqlConnection connection, string head, IEnumerable<T> items, Action<ValueRows, T> add, Func<T, int> bytesOf, CancellationToken cancellationToken, string tail = "")
    {
        foreach (var batch in Batches.Split(items, bytesOf))
        {
            var rows = new ValueRows();
            foreach (var item in batch)
            {
                add(rows, item);
            }

            await connection.ExecuteAsync(rows.Insert(head, tail, cancellationToken));
        }
    }

    private static Task AddAsync(MySqlConnection connection, string table, IEnumerable<CountRow> counts, CancellationToken cancellationToken) => WriteAsync(
        connection,
        $"INSERT INTO {table} (start, key_id, model, outcome, calls, prompt_tokens, output_tokens, latency_ms)",
        counts,
        (rows, count) => rows.Add(
            count.Start, count.KeyId, Cut(count.Model, ModelCharsMax), count.Outcome, count.Calls, count.PromptTokens, count.OutputTokens, count.LatencyMs),
        _ => 200,
        cancellationToken,
        """
        ON DUPLICATE KEY UPDATE calls = calls + VALUES(calls), prompt_tokens = prompt_tokens + VALUES(prompt_tokens),
            output_tokens = output_tokens + VALUES(output_tokens), latency_ms = latency_ms + VALUES(latency_ms)
        """);
}
