using Dapper;
using MySqlConnector;

namespace GeminiBalance.Storage.MySql;

/// <summary>Stored responses of all gateways, in the table <c>responses</c>.</summary>
public sealed class MySqlResponses(MySqlDatabase database)
{
    /// <summary>
    /// Writes a response, notes which others were used for it, and deletes the longest unused ones beyond the bounds. What is deleted was
    /// listed before without a lock, and rows are locked in the order of the ids, so that writers of one owner never wait for each other in a circle.
    /// </summary>
    /// <exception cref="MySqlStorageException">It could not be written, or is written and those beyond the bounds could not be deleted.</exception>
    public async Task<bool> WriteAsync(string owner, ResponseRow row, IReadOnlyCollection<string> used, OwnerBounds bounds, CancellationToken cancellationToken)
    {
        await database.InTransactionAsync(
            async connection =>
            {
                if (used.Count > 0)
                {
                    await connection.ExecuteAsync(new CommandDefinition(
                        "UPDATE responses FORCE INDEX (PRIMARY) SET used_at = @UsedAt WHERE id IN @used AND owner = @owner AND used_at < @UsedAt",
                        new { used, owner, row.UsedAt },
                        cancellationToken: cancellationToken));
                }

                return await connection.ExecuteAsync(new CommandDefinition(
                    "INSERT INTO responses (id, owner, used_at, bytes, body) VALUES (@Id, @owner, @UsedAt, @bytes, @Body)",
                    new { row.Id, owner, row.UsedAt, bytes = row.Body.Length, row.Body },
                    cancellationToken: cancellationToken));
            },
            cancellationToken);
        await ShrinkAsync(owner, bounds, cancellationToken);
        return true;
    }

    /// <summary>Writes a response anew, if nobody has written or used it since a moment.</summary>
    /// <param name="owner">Whose it is.</param>
    /// <param name="id">Which.</param>
    /// <param name="since">When it was written or used last, as far as the caller knows.</param>
    /// <param name="usedAt">When it is written, not the same moment.</param>
    /// <param name="body">What is new in it; null: nothing.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="MySqlStorageException">It could not be written.</exception>
    public Task<bool> TryReplaceAsync(string owner, string id, DateTime since, DateTime usedAt, byte[]? body, CancellationToken cancellationToken) => database.InTransactionAsync(
        async connection => await connection.ExecuteAsync(new CommandDefinition(
            """
            UPDATE responses FORCE INDEX (PRIMARY) SET used_at = @usedAt, body = COALESCE(@body, body), bytes = COALESCE(OCTET_LENGTH(@body), bytes)
            WHERE id = @id AND owner = @owner AND used_at = @since
            """,
            new { id, owner, since, usedAt, body },
            cancellationToken: cancellationToken)) > 0,
        cancellationToken);

    /// <summary>Those of these responses that this owner has, in any order.</summary>
    /// <exception cref="MySqlStorageException">They could not be read.</exception>
    public Task<IReadOnlyList<ResponseRow>> ReadAsync(string owner, IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        database.RunAsync<IReadOnlyList<ResponseRow>>(
            async connection => [.. await connection.QueryAsync<ResponseRow>(new CommandDefinition(
                "SELECT id, used_at AS UsedAt, body FROM responses WHERE id IN @ids AND owner = @owner", new { ids, owner }, cancellationToken: cancellationToken))],
            cancellationToken);

    /// <summary>Bytes of those of these responses that this owner has.</summary>
    /// <exception cref="MySqlStorageException">They could not be read.</exception>
    public Task<long> SizeAsync(string owner, IReadOnlyCollection<string> ids, CancellationToken cancellationToken) => database.RunAsync(
        connection => connection.ExecuteScalarAsync<long>(new CommandDefinition(
            "SELECT COALESCE(SUM(bytes), 0) FROM responses WHERE id IN @ids AND owner = @owner", new { ids, owner }, cancellationToken: cancellationToken)),
        cancellationToken);

    /// <returns>False when this owner has no such response.</returns>
    /// <exception cref="MySqlStorageException">It could not be deleted.</exception>
    public Task<bool> DeleteAsync(string owner, string id, CancellationToken cancellationToken) => database.InTransactionAsync(
        async connection => await connection.ExecuteAsync(new CommandDefinition(
            "DELETE FROM responses WHERE id = @id AND owner = @owner", new { id, owner }, cancellationToken: cancellationToken)) > 0,
        cancellationToken);

    /// <summary>Deletes what was not used since, the longest unused first.</summary>
    /// <returns>How many rows were deleted; fewer than <paramref name="rowsMax"/> means that none are left.</returns>
    /// <exception cref="MySqlStorageException">They could not be deleted.</exception>
    public async Task<int> DeleteUnusedAsync(DateTimeOffset since, int rowsMax, CancellationToken cancellationToken)
    {
        var unused = await database.RunAsync(
            connection => connection.QueryAsync<(string Id, DateTime UsedAt)>(new CommandDefinition(
                "SELECT id, used_at FROM responses WHERE used_at < @since ORDER BY used_at LIMIT @rowsMax",
                new { since = since.UtcDateTime, rowsMax },
                cancellationToken: cancellationToken)),
            cancellationToken);
        return await DeleteAsync([.. unused], since.UtcDateTime, cancellationToken);
    }

    private async Task ShrinkAsync(string owner, OwnerBounds bounds, CancellationToken cancellationToken)
    {
        var surplus = await database.RunAsync(connection => ListSurplusAsync(connection, owner, bounds, cancellationToken), cancellationToken);
        if (surplus.Count > 0)
        {
            await DeleteAsync(surplus, surplus[0].UsedAt, cancellationToken);
        }
    }

    /// <summary>Deletes these in the order of their ids. What has been used since <paramref name="newest"/> stays.</summary>
    private async Task<int> DeleteAsync(IReadOnlyList<(string Id, DateTime UsedAt)> rows, DateTime newest, CancellationToken cancellationToken)
    {
        var deleted = 0;
        foreach (var batch in Batches.Split(rows, _ => 0))
        {
            deleted += await database.InTransactionAsync(
                connection => connection.ExecuteAsync(new CommandDefinition(
                    "DELETE r FROM responses AS r FORCE INDEX (PRIMARY) WHERE r.id IN @ids AND r.used_at <= @newest",
                    new { ids = batch.Select(row => row.Id), newest },
                    cancellationToken: cancellationToken)),
                cancellationToken);
        }

        return deleted;
    }

    /// <returns>What is beyond the bounds, the last used first.</returns>
    private static async Task<IReadOnlyList<(string Id, DateTime UsedAt)>> ListSurplusAsync(
        MySqlConnection connection, string owner, OwnerBounds bounds, CancellationToken cancellationToken)
    {
        var (count, bytes) = await connection.QuerySingleAsync<(long Count, long Bytes)>(new CommandDefinition(
            "SELECT COUNT(*), CAST(COALESCE(SUM(bytes), 0) AS SIGNED) FROM responses WHERE owner = @owner", new { owner }, cancellationToken: cancellationToken));
        return count <= bounds.CountMax && bytes <= bounds.BytesMax
            ? []
            : (await connection.QueryAsync<(string, DateTime)>(new CommandDefinition(
                """
                SELECT id, used_at FROM (SELECT id, used_at, ROW_NUMBER() OVER newest AS position, SUM(bytes) OVER newest AS total FROM responses WHERE owner = @owner
                    WINDOW newest AS (ORDER BY used_at DESC, id DESC)) AS ranked
                WHERE position > 1 AND (position > @CountLeft OR total > @BytesLeft) ORDER BY position
                """,
                new { owner, bounds.CountLeft, bounds.BytesLeft },
                cancellationToken: cancellationToken))).AsList();
    }
}
