using Dapper;

namespace GeminiBalance.Storage.MySql;

/// <summary>Handles for resuming Live sessions, for all gateways of the cluster.</summary>
public sealed class MySqlLiveHandles(MySqlDatabase database)
{
    /// <summary>Remembers handles; of one that is known, the key and the time change.</summary>
    /// <param name="handles">At most a few hundred: they go in one statement.</param>
    /// <param name="lifetime">How long they are of use.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="MySqlStorageException">The database failed.</exception>
    public Task<int> KeepAsync(IReadOnlyCollection<LiveHandleRow> handles, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        var until = new SqlText($"UTC_TIMESTAMP(6) + INTERVAL {(long)lifetime.TotalSeconds} SECOND");
        var rows = new ValueRows();
        foreach (var handle in handles.OrderBy(handle => Convert.ToHexString(handle.Hash), StringComparer.Ordinal))
        {
            rows.Add(handle.Hash, handle.KeyId, until);
        }

        return rows.IsEmpty ? Task.FromResult(0) : database.RunAsync(
            connection => connection.ExecuteAsync(rows.Insert(
                "INSERT INTO live_handles (hash, key_id, kept_until)", "ON DUPLICATE KEY UPDATE key_id = VALUES(key_id), kept_until = VALUES(kept_until)", cancellationToken)),
            cancellationToken);
    }

    /// <returns>The id of the key that issued it; null when it is not known, or of use no more.</returns>
    /// <exception cref="MySqlStorageException">The database failed.</exception>
    public Task<string?> FindAsync(byte[] hash, CancellationToken cancellationToken) => database.RunAsync(
        connection => connection.QuerySingleOrDefaultAsync<string?>(new CommandDefinition(
            "SELECT key_id FROM live_handles WHERE hash = @hash AND kept_until > UTC_TIMESTAMP(6)", new { hash }, cancellationToken: cancellationToken)),
        cancellationToken);

    /// <summary>Deletes handles that are of use no more.</summary>
    /// <returns>How many; fewer than asked for when there are no more.</returns>
    /// <exception cref="MySqlStorageException">The database failed.</exception>
    public Task<int> DeleteOldAsync(int rowsMax, CancellationToken cancellationToken) => database.RunAsync(
        connection => connection.ExecuteAsync(new CommandDefinition(
            "DELETE FROM live_handles WHERE kept_until <= UTC_TIMESTAMP(6) LIMIT @rowsMax", new { rowsMax }, cancellationToken: cancellationToken)),
        cancellationToken);
}
