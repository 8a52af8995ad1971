using Dapper;

namespace GeminiBalance.Storage.MySql;

/// <summary>The ledger of resources: which key each belongs to, for all gateways.</summary>
public sealed class MySqlResources(MySqlDatabase database)
{
    private const string Columns =
        "name, client_id AS ClientId, collection, key_id AS KeyId, created_at AS CreatedAt, expires_at AS ExpiresAt, json, is_settled AS IsSettled";

    /// <summary>Writes rows, or what is new about them, all or none.</summary>
    /// <exception cref="MySqlStorageException">The database failed; the message says what to do.</exception>
    public Task<int> SaveAsync(IReadOnlyCollection<ResourceRow> rows, CancellationToken cancellationToken) => database.InTransactionAsync(
        async connection =>
        {
            // In one order, so that two gateways that list the same files wait for each other and not in a circle.
            foreach (var row in rows.OrderBy(row => row.Name, StringComparer.Ordinal).ThenBy(row => row.ClientId, StringComparer.Ordinal))
            {
                await connection.ExecuteAsync(Command(
                    """
                    INSERT INTO resources (name, client_id, collection, key_id, created_at, expires_at, json, is_settled)
                    VALUES (@Name, @ClientId, @Collection, @KeyId, @CreatedAt, @ExpiresAt, @Json, @IsSettled)
                    ON DUPLICATE KEY UPDATE key_id = VALUES(key_id), expires_at = VALUES(expires_at), json = COALESCE(VALUES(json), json), is_settled = VALUES(is_settled)
                    """,
                    row,
                    cancellationToken));
            }

            return rows.Count;
        },
        cancellationToken);

    /// <summary>Every client's rows of these names, the newest first.</summary>
    public Task<IReadOnlyList<ResourceRow>> FindAsync(IReadOnlyCollection<string> names, CancellationToken cancellationToken) => names.Count == 0
        ? Task.FromResult<IReadOnlyList<ResourceRow>>([])
        : QueryAsync($"SELECT {Columns} FROM resources WHERE name IN @names ORDER BY created_at DESC", new { names }, cancellationToken);

    public Task<IReadOnlyList<ResourceRow>> ListAsync(ResourceFilter filter, CancellationToken cancellationToken)
    {
        var owner = filter.ClientId is null ? "" : "AND client_id = @ClientId";

        // Spelt out, because the optimizer finds no index for a comparison of rows.
        var after = filter.After is null ? "" : "AND (created_at < @created OR (created_at = @created AND (name < @name OR (name = @name AND client_id < @client))))";
        return QueryAsync(
            $"""
            SELECT {Columns} FROM resources WHERE collection = @Collection {owner} AND (expires_at IS NULL OR expires_at > @Now) {after}
            ORDER BY created_at DESC, name DESC, client_id DESC LIMIT @Count
            """,
            new { filter.Collection, filter.ClientId, filter.Now, filter.Count, created = filter.After?.CreatedAt, name = filter.After?.Name, client = filter.After?.ClientId },
            cancellationToken);
    }

    /// <returns>How many rows were there.</returns>
    public Task<int> RemoveAsync(string name, string clientId, CancellationToken cancellationToken) => database.InTransactionAsync(
        connection => connection.ExecuteAsync(Command("DELETE FROM resources WHERE name = @name AND client_id = @clientId", new { name, clientId }, cancellationToken)),
        cancellationToken);

    /// <returns>How many rows were deleted.</returns>
    public Task<int> DeleteExpiredAsync(long before, int rowsMax, CancellationToken cancellationToken) => database.InTransactionAsync(
        connection => connection.ExecuteAsync(Command(
            "DELETE FROM resources WHERE expires_at < @before ORDER BY expires_at LIMIT @rowsMax", new { before, rowsMax }, cancellationToken)),
        cancellationToken);

    private static CommandDefinition Command(string sql, object parameters, CancellationToken cancellationToken) => new(sql, parameters, cancellationToken: cancellationToken);

    private Task<IReadOnlyList<ResourceRow>> QueryAsync(string sql, object parameters, CancellationToken cancellationToken) => database.RunAsync<IReadOnlyList<ResourceRow>>(
        async connection => (await connection.QueryAsync<ResourceRow>(Command(sql, parameters, cancellationToken))).AsList(), cancellationToken);
}
