using Dapper;
using GeminiBalance.Gateway.Resources;

namespace GeminiBalance.Gateway.Storage;

/// <summary>The ledger of resources in SQLite.</summary>
internal sealed class SqliteResourceStore(SqliteDatabase database, SqliteReader reader) : IResourceStore
{
    private const string Columns =
        "name, client_id AS ClientId, collection, key_id AS KeyId, created_at AS CreatedAt, expires_at AS ExpiresAt, json, is_settled AS IsSettled";

    public async ValueTask SaveAsync(IReadOnlyCollection<OwnedResource> resources, CancellationToken cancellationToken) => await database.InTransactionAsync(
        isDurable: true,
        (connection, transaction) => connection.Execute(
            """
            INSERT INTO resources (name, client_id, collection, key_id, created_at, expires_at, json, is_settled)
            VALUES (@Name, @ClientId, @Collection, @KeyId, @CreatedAt, @ExpiresAt, @Json, @IsSettled)
            ON CONFLICT (name, client_id) DO UPDATE SET key_id = excluded.key_id, expires_at = excluded.expires_at,
                json = COALESCE(excluded.json, json), is_settled = excluded.is_settled
            """,
            resources.Select(StoredResource.Of),
            transaction),
        cancellationToken);

    public ValueTask<IReadOnlyList<OwnedResource>> FindAsync(IReadOnlyCollection<string> names, CancellationToken cancellationToken) =>
        QueryAsync($"SELECT {Columns} FROM resources WHERE name IN @names ORDER BY created_at DESC", new { names }, cancellationToken);

    public ValueTask<IReadOnlyList<OwnedResource>> ListAsync(ResourceQuery query, CancellationToken cancellationToken)
    {
        var owner = query.ClientId is null ? "" : "AND client_id = @ClientId";
        var after = query.After is null ? "" : "AND (created_at, name, client_id) < (@created, @name, @owner)";
        return QueryAsync(
            $"""
            SELECT {Columns} FROM resources WHERE collection = @Collection {owner} AND (expires_at IS NULL OR expires_at > @now) {after}
            ORDER BY created_at DESC, name DESC, client_id DESC LIMIT @Count
            """,
            new
            {
                query.Collection, query.ClientId, query.Count, now = query.Now.ToUnixTimeMilliseconds(),
                created = query.After?.CreatedMs, name = query.After?.Name, owner = query.After?.ClientId,
            },
            cancellationToken);
    }

    public async ValueTask RemoveAsync(string name, string clientId, CancellationToken cancellationToken) => await database.InTransactionAsync(
        isDurable: false,
        (connection, transaction) => connection.Execute("DELETE FROM resources WHERE name = @name AND client_id = @clientId", new { name, clientId }, transaction),
        cancellationToken);

    public ValueTask<int> DeleteExpiredAsync(DateTimeOffset before, int rowsMax, CancellationToken cancellationToken) => database.InTransactionAsync(
        isDurable: false,
        (connection, transaction) => connection.Execute(
            "DELETE FROM resources WHERE rowid IN (SELECT rowid FROM resources WHERE expires_at < @before ORDER BY expires_at LIMIT @rowsMax)",
            new { before = before.ToUnixTimeMilliseconds(), rowsMax },
            transaction),
        cancellationToken);

    private ValueTask<IReadOnlyList<OwnedResource>> QueryAsync(string sql, object parameters, CancellationToken cancellationToken) =>
        reader.ReadAsync<IReadOnlyList<OwnedResource>>(
            (connection, transaction) => [.. connection.Query<StoredResource>(sql, parameters, transaction).Select(row => row.ToResource())],
            cancellationToken);
}
