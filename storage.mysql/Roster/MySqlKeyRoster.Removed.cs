using Dapper;

namespace GeminiBalance.Storage.MySql;

/// <content>What stays of removed keys, and for how long.</content>
public sealed partial class MySqlKeyRoster
{
    /// <summary>Rows deleted at once.</summary>
    private const int ForgottenMax = 1_000;

    /// <summary>A key that is removed and added again on the same day has spent what it spent.</summary>
    private static readonly TimeSpan LedgersKept = TimeSpan.FromDays(2);

    /// <summary>Whoever reads changes less often than this must read all keys instead.</summary>
    private static readonly TimeSpan RemovalsKept = TimeSpan.FromDays(30);

    /// <summary>Deletes the ledgers of keys that were removed two days ago, and what tells of a removal after 30 days. To be called now and then.</summary>
    /// <returns>How many rows were deleted.</returns>
    public async Task<int> ForgetRemovedAsync(CancellationToken cancellationToken)
    {
        for (var total = 0; ;)
        {
            var deleted = await ForgetSomeAsync(cancellationToken);
            total += deleted;
            if (deleted == 0)
            {
                return total;
            }
        }
    }

    private Task<int> ForgetSomeAsync(CancellationToken cancellationToken) => ChangeAsync(
        async (connection, _) =>
        {
            var ids = (await connection.QueryAsync<string>(Command(
                $"""
                SELECT k.id FROM api_keys AS k JOIN key_ledgers AS l ON l.id = k.id
                WHERE k.removed_at < UTC_TIMESTAMP(6) - INTERVAL @seconds SECOND LIMIT {ForgottenMax}
                """,
                new { seconds = (long)LedgersKept.TotalSeconds }))).AsList();
            var ledgers = ids.Count == 0 ? 0 : await connection.ExecuteAsync(Command("DELETE FROM key_ledgers WHERE id IN @ids", new { ids }));
            var removals = await connection.ExecuteAsync(Command(
                $"DELETE FROM api_keys WHERE removed_at < UTC_TIMESTAMP(6) - INTERVAL @seconds SECOND ORDER BY removed_at LIMIT {ForgottenMax}",
                new { seconds = (long)RemovalsKept.TotalSeconds }));
            return ledgers + removals;

            CommandDefinition Command(string sql, object parameters) => new(sql, parameters, cancellationToken: cancellationToken);
        },
        cancellationToken);
}
