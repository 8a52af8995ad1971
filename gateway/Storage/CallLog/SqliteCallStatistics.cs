using Dapper;
using GeminiBalance.Gateway.CallLog;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Storage;

/// <summary>Sums up the counters in SQLite.</summary>
internal sealed class SqliteCallStatistics(SqliteReader reader) : ICallStatistics
{
    private const string Requests =
        """
        (SELECT time / 1000 AS start, key_id, model, outcome, 1 AS calls, coalesce(prompt_tokens, 0) AS prompt_tokens, coalesce(output_tokens, 0) AS output_tokens, latency_ms
         FROM request_log WHERE time >= @milliseconds)
        """;

    private static readonly string Sums =
        $"""
        sum(calls), sum(CASE outcome WHEN {(int)CallOutcomeKind.Succeeded} THEN calls ELSE 0 END),
        sum(CASE outcome WHEN {(int)CallOutcomeKind.ClientLeft} THEN calls ELSE 0 END), sum(prompt_tokens), sum(output_tokens), sum(latency_ms)
        """;

    public ValueTask<IReadOnlyList<CallSum>> SumAsync(CallSumQuery query, CancellationToken cancellationToken)
    {
        var seconds = (query.From.ToUnixTimeMilliseconds() + 999) / 1000;
        var (table, isCounted) = query.Source switch
        {
            CallSource.Requests => (Requests, false),
            CallSource.Minutes => ("call_minutes", true),
            _ => ("call_hours", true),
        };
        var keys = query.KeyId is not null ? "AND key_id = @keyId"
            : !isCounted ? ""
            : query.By == CallGrouping.Key ? "AND key_id <> ''"
            : "AND key_id = ''";
        var (group, order) = query.By switch
        {
            CallGrouping.All => ("''", "1"),
            CallGrouping.Model => ("model", "2 DESC, 1"),
            CallGrouping.Key => ("key_id", "2 DESC, 1"),
            CallGrouping.Outcome => ("CAST(outcome AS TEXT)", "2 DESC, 1"),
            CallGrouping.Minute => ("CAST(start - start % 60 AS TEXT)", "1"),
            _ => ("CAST(start - start % 3600 AS TEXT)", "1"),
        };
        var sql = $"SELECT {group}, {Sums} FROM {table} WHERE {(isCounted ? "start >= @seconds" : "1")} {keys} GROUP BY 1 ORDER BY {order} LIMIT @groupsMax";
        var parameters = new { milliseconds = query.From.ToUnixTimeMilliseconds(), seconds, keyId = query.KeyId, groupsMax = query.GroupsMax };
        return reader.ReadAsync<IReadOnlyList<CallSum>>(
            (connection, transaction) =>
            {
                using var rows = connection.ExecuteReader(sql, parameters, transaction);
                var sums = new List<CallSum>();
                while (rows.Read())
                {
                    sums.Add(new CallSum(
                        rows.GetString(0), rows.GetInt64(1), rows.GetInt64(2), rows.GetInt64(3), rows.GetInt64(4), rows.GetInt64(5), rows.GetInt64(6)));
                }

                return sums;
            },
            cancellationToken);
    }
}
