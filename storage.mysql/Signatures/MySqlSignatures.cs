using Dapper;

namespace GeminiBalance.Storage.MySql;

/// <summary>Thought signatures of all gateways, in the table <c>thought_signatures</c>.</summary>
public sealed class MySqlSignatures(MySqlDatabase database)
{
    private const string ById = "SELECT TRUE AS IsById, id_hash AS Hash, signature AS Signature FROM thought_signatures WHERE id_hash IN @ids";

    // The least and the greatest hash of a call are read from the index; they differ when its signatures do.
    private const string ByCall =
        """
        SELECT FALSE, made.call_hash, IF(made.least = made.greatest,
            (SELECT signature FROM thought_signatures AS one WHERE one.call_hash = made.call_hash AND one.signature_hash = made.least LIMIT 1), NULL)
        FROM (SELECT call_hash, MIN(signature_hash) AS least, MAX(signature_hash) AS greatest FROM thought_signatures WHERE call_hash IN @calls GROUP BY call_hash) AS made
        """;

    /// <summary>Remembers signatures; of a call whose id is known, everything changes.</summary>
    /// <param name="rows">At most a few hundred, and a megabyte: they go in one statement.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="MySqlStorageException">The database failed.</exception>
    public Task<int> KeepAsync(IReadOnlyCollection<SignatureRow> rows, CancellationToken cancellationToken)
    {
        var values = new ValueRows();

        // In the order of the ids, so that two gateways that write the same never wait for each other in a circle.
        foreach (var row in rows.OrderBy(row => Convert.ToHexString(row.IdHash), StringComparer.Ordinal))
        {
            values.Add(row.IdHash, row.CallHash, row.SignatureHash, SqlText.Now, row.Signature);
        }

        return values.IsEmpty ? Task.FromResult(0) : database.InTransactionAsync(
            connection => connection.ExecuteAsync(values.Insert(
                "INSERT INTO thought_signatures (id_hash, call_hash, signature_hash, kept_at, signature)",
                """
                ON DUPLICATE KEY UPDATE call_hash = VALUES(call_hash), signature_hash = VALUES(signature_hash), kept_at = VALUES(kept_at), signature = VALUES(signature)
                """,
                cancellationToken)),
            cancellationToken);
    }

    /// <summary>Those of these calls that are known, in one statement.</summary>
    /// <exception cref="MySqlStorageException">The database failed.</exception>
    public Task<IReadOnlyList<FoundSignature>> FindAsync(IReadOnlyCollection<byte[]> ids, IReadOnlyCollection<byte[]> calls, CancellationToken cancellationToken)
    {
        var parts = new List<string>();
        if (ids.Count > 0)
        {
            parts.Add(ById);
        }

        if (calls.Count > 0)
        {
            parts.Add(ByCall);
        }

        return parts.Count == 0 ? Task.FromResult<IReadOnlyList<FoundSignature>>([]) : database.RunAsync<IReadOnlyList<FoundSignature>>(
            async connection => (await connection.QueryAsync<FoundSignature>(new CommandDefinition(
                string.Join("\nUNION ALL\n", parts), new { ids, calls }, cancellationToken: cancellationToken))).AsList(),
            cancellationToken);
    }

    /// <summary>Deletes the oldest, those beyond an age or a number.</summary>
    /// <param name="age">How old a signature may be.</param>
    /// <param name="countMax">How many are kept.</param>
    /// <param name="rowsMax">How many to delete at most.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>How many were deleted; fewer than <paramref name="rowsMax"/> means that none are left.</returns>
    /// <exception cref="MySqlStorageException">The database failed.</exception>
    public Task<int> DeleteOldAsync(TimeSpan age, int countMax, int rowsMax, CancellationToken cancellationToken) => database.InTransactionAsync(
        async connection =>
        {
            var newestBeyond = await connection.QuerySingleAsync<DateTime?>(new CommandDefinition(
                """
                SELECT GREATEST(UTC_TIMESTAMP(6) - INTERVAL @seconds SECOND,
                    COALESCE((SELECT kept_at FROM thought_signatures ORDER BY kept_at DESC LIMIT 1 OFFSET @countMax), '1970-01-02'))
                """,
                new { seconds = (long)age.TotalSeconds, countMax },
                cancellationToken: cancellationToken));
            return await connection.ExecuteAsync(new CommandDefinition(
                "DELETE FROM thought_signatures WHERE kept_at <= @newestBeyond ORDER BY kept_at LIMIT @rowsMax", new { newestBeyond, rowsMax }, cancellationToken: cancellationToken));
        },
        cancellationToken);
}
