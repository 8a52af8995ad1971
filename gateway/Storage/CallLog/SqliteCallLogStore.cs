using Dapper;
using GeminiBalance.Gateway.CallLog;
using Microsoft.Data.Sqlite;

namespace GeminiBalance.Gateway.Storage;

/// <summary>The call log in SQLite. A commit that failed has written nothing, so a batch that comes again counts once.</summary>
internal sealed class SqliteCallLogStore(SqliteDatabase database) : ICallLogStore
{
    public async ValueTask WriteAsync(CallLogBatch batch, CancellationToken cancellationToken) => await database.InTransactionAsync(
        isDurable: false,
        (connection, transaction) =>
        {
            using (var requests = CallLogCommand.ForRequests(connection, transaction))
            {
                foreach (var attempt in batch.Attempts)
                {
                    requests.Write(attempt);
                }
            }

            using (var errors = CallLogCommand.ForErrors(connection, transaction))
            {
                foreach (var error in batch.Errors)
                {
                    errors.Write(error);
                }
            }

            WriteCounts(connection, transaction, Upsert("call_minutes"), batch.Minutes);
            WriteCounts(connection, transaction, Upsert("call_hours"), batch.Hours);
            return batch.Attempts.Count;
        },
        cancellationToken);

    public ValueTask<int> DeleteAsync(CallLogPart part, DateTimeOffset before, int rowsMax, CancellationToken cancellationToken) => database.InTransactionAsync(
        isDurable: false,
        (connection, transaction) => part switch
        {
            CallLogPart.Requests => connection.Execute(
                "DELETE FROM request_log WHERE id IN (SELECT id FROM request_log WHERE time < @before ORDER BY time LIMIT @rowsMax)",
                new { before = before.ToUnixTimeMilliseconds(), rowsMax },
                transaction),
            CallLogPart.Errors => connection.Execute(
                "DELETE FROM error_log WHERE id IN (SELECT id FROM error_log WHERE time < @before ORDER BY time LIMIT @rowsMax)",
                new { before = before.ToUnixTimeMilliseconds(), rowsMax },
                transaction),
            CallLogPart.KeyMinutes => connection.Execute(DeleteCounts("call_minutes", "key_id <> '' AND"), new { before = before.ToUnixTimeSeconds(), rowsMax }, transaction),
            CallLogPart.Minutes => connection.Execute(DeleteCounts("call_minutes"), new { before = before.ToUnixTimeSeconds(), rowsMax }, transaction),
            _ => connection.Execute(DeleteCounts("call_hours"), new { before = before.ToUnixTimeSeconds(), rowsMax }, transaction),
        },
        cancellationToken);

    private static string Upsert(string table) =>
        $"""
        INSERT INTO {table} (start, key_id, model, outcome, calls, prompt_tokens, output_tokens, latency_ms)
        VALUES ($start, $key_id, $model, $outcome, $calls, $prompt_tokens, $output_tokens, $latency_ms)
        ON CONFLICT (start, key_id, model, outcome) DO UPDATE SET
            calls = calls + excluded.calls, prompt_tokens = prompt_tokens + excluded.prompt_tokens,
            output_tokens = output_tokens + excluded.output_tokens, latency_ms = latency_ms + excluded.latency_ms
        """;

    private static string DeleteCounts(string table, string condition = "") =>
        $"""
        DELETE FROM {table} WHERE (start, key_id, model, outcome) IN
            (SELECT start, key_id, model, outcome FROM {table} WHERE {condition} start < @before ORDER BY start LIMIT @rowsMax)
        """;

    private static void WriteCounts(SqliteConnection connection, SqliteTransaction transaction, string upsert, IReadOnlyList<CallCount> counts)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // The text is a constant of this program.
        command.CommandText = upsert;
#pragma warning restore CA2100
        var start = command.Parameters.Add("$start", SqliteType.Integer);
        var keyId = command.Parameters.Add("$key_id", SqliteType.Text);
        var model = command.Parameters.Add("$model", SqliteType.Text);
        var outcome = command.Parameters.Add("$outcome", SqliteType.Integer);
        var calls = command.Parameters.Add("$calls", SqliteType.Integer);
        var promptTokens = command.Parameters.Add("$prompt_tokens", SqliteType.Integer);
        var outputTokens = command.Parameters.Add("$output_tokens", SqliteType.Integer);
        var latency = command.Parameters.Add("$latency_ms", SqliteType.Integer);
        foreach (var (cell, sums) in counts)
        {
            (start.Value, keyId.Value, model.Value, outcome.Value) = (cell.Start, cell.KeyId, cell.Model, (int)cell.Outcome);
            (calls.Value, promptTokens.Value, outputTokens.Value, latency.Value) = (sums.Calls, sums.PromptTokens, sums.OutputTokens, sums.LatencyMs);
            command.ExecuteNonQuery();
        }
    }
}
