using Dapper;
using GeminiBalance.Gateway.Responses;
using Microsoft.Data.Sqlite;

namespace GeminiBalance.Gateway.Storage;

/// <summary>Stored responses in SQLite.</summary>
internal sealed class SqliteResponseStore(SqliteDatabase database, SqliteReader reader) : IResponseStore
{
    public async ValueTask<bool> WriteAsync(KeptResponse response, IReadOnlyCollection<string> used, ResponseBounds bounds, CancellationToken cancellationToken) =>
        await database.InTransactionAsync(
            isDurable: false,
            (connection, transaction) =>
            {
                var usedAt = response.UsedAt.ToUnixTimeMilliseconds();
                connection.Execute(
                    "INSERT INTO responses (id, owner, used_at, bytes, body) VALUES (@Id, @Owner, @usedAt, @bytes, @Body)",
                    new { response.Id, response.Owner, usedAt, bytes = response.Body.Length, response.Body },
                    transaction);
                connection.Execute(
                    "UPDATE responses SET used_at = @usedAt WHERE id = @id AND owner = @Owner AND used_at < @usedAt",
                    used.Select(id => new { id, response.Owner, usedAt }),
                    transaction);
                Shrink(connection, transaction, response.Owner, bounds);
                return true;
            },
            cancellationToken);

    public async ValueTask<bool> TryReplaceAsync(KeptResponse from, DateTimeOffset usedAt, byte[]? body, CancellationToken cancellationToken) => await database.InTransactionAsync(
        isDurable: false,
        (connection, transaction) => connection.Execute(
            """
            UPDATE responses SET used_at = @to, body = COALESCE(@body, body), bytes = COALESCE(LENGTH(@body), bytes)
            WHERE id = @Id AND owner = @Owner AND used_at = @since
            """,
            new { from.Id, from.Owner, since = from.UsedAt.ToUnixTimeMilliseconds(), to = usedAt.ToUnixTimeMilliseconds(), body },
            transaction),
        cancellationToken) > 0;

    public ValueTask<IReadOnlyList<KeptResponse>> ReadAsync(string owner, IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        reader.ReadAsync<IReadOnlyList<KeptResponse>>(
            (connection, transaction) =>
            [
                .. ids.Select(id => connection.QuerySingleOrDefault<(string? Id, long UsedAt, byte[] Body)>(
                    "SELECT id, used_at, body FROM responses WHERE id = @id AND owner = @owner", new { id, owner }, transaction))
                    .Where(row => row.Id is not null)
                    .Select(row => new KeptResponse(row.Id!, owner, DateTimeOffset.FromUnixTimeMilliseconds(row.UsedAt), row.Body)),
            ],
            cancellationToken);

    public ValueTask<long> SizeAsync(string owner, IReadOnlyCollection<string> ids, CancellationToken cancellationToken) => reader.ReadAsync(
        (connection, transaction) => connection.ExecuteScalar<long>(
            "SELECT COALESCE(SUM(bytes), 0) FROM responses WHERE id IN @ids AND owner = @owner", new { ids, owner }, transaction),
        cancellationToken);

    public async ValueTask<bool> DeleteAsync(string owner, string id, CancellationToken cancellationToken) => await database.InTransactionAsync(
        isDurable: true,
        (connection, transaction) => connection.Execute("DELETE FROM responses WHERE id = @id AND owner = @owner", new { id, owner }, transaction),
        cancellationToken) > 0;

    public ValueTask<int> DeleteUnusedAsync(DateTimeOffset since, int rowsMax, CancellationToken cancellationToken) => database.InTransactionAsync(
        isDurable: false,
        (connection, transaction) => connection.Execute(
            "DELETE FROM responses WHERE id IN (SELECT id FROM responses WHERE used_at < @since ORDER BY used_at LIMIT @rowsMax)",
            new { since = since.ToUnixTimeMilliseconds(), rowsMax },
            transaction),
        cancellationToken);

    private static void Shrink(SqliteConnection connection, SqliteTransaction transaction, string owner, ResponseBounds bounds)
    {
        var (count, bytes) = connection.QuerySingle<(long Count, long Bytes)>(
            "SELECT COUNT(*), COALESCE(SUM(bytes), 0) FROM responses WHERE owner = @owner", new { owner }, transaction);
        if (count > bounds.CountMax || bytes > bounds.BytesMax)
        {
            connection.Execute(
                """
                DELETE FROM responses WHERE id IN (
                    SELECT id FROM (SELECT id, ROW_NUMBER() OVER newest AS position, SUM(bytes) OVER newest AS total FROM responses WHERE owner = @owner
                        WINDOW newest AS (ORDER BY used_at DESC, id DESC ROWS UNBOUNDED PRECEDING))
                    WHERE position > 1 AND (position > @CountLeft OR total > @BytesLeft))
                """,
                new { owner, bounds.CountLeft, bounds.BytesLeft },
                transaction);
        }
    }
}
