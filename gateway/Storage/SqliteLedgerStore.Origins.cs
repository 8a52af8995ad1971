using Dapper;
using GeminiBalance.KeyPool;
using Microsoft.Data.Sqlite;

namespace GeminiBalance.Gateway.Storage;

/// <summary>Which keys follow the settings: <c>API_KEYS</c>, <c>PAID_KEY</c> and <c>VERTEX_API_KEYS</c>.</summary>
internal sealed partial class SqliteLedgerStore
{
    /// <summary>Before the pool reads its keys: adds the keys that are new in the settings, and removes those that came from there and are gone.</summary>
    /// <returns>How many were added and removed.</returns>
    public ValueTask<(int Added, int Removed)> FollowSettingsAsync(IReadOnlyCollection<RosterKey> configured, CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            isDurable: true,
            (connection, transaction) =>
            {
                var stored = connection.Query<(string Id, long Origin)>("SELECT id, origin FROM keys", transaction: transaction)
                    .ToDictionary(row => row.Id, row => (KeyOrigin)row.Origin);
                var ids = configured.Select(key => key.Key.Id.Value).ToHashSet();
                var gone = stored.Where(row => row.Value == KeyOrigin.Settings && !ids.Contains(row.Key)).Select(row => row.Key).ToList();
                connection.Execute("DELETE FROM keys WHERE id = @id", gone.Select(id => new { id }), transaction);
                var now = time.GetUtcNow();
                var fresh = configured.Where(key => !stored.ContainsKey(key.Key.Id.Value))
                    .Select(key => new StoredKey(key.Key, key.Profile with { AddedAt = now }, null)).ToList();
                Revive(connection, transaction, fresh);
                return (WriteKeys(connection, transaction, fresh, KeyOrigin.Settings), gone.Count);
            },
            cancellationToken);

    /// <summary>Keys that come back are in use, whatever they were when they left: the pool does the same with those added while it runs.</summary>
    private void Revive(SqliteConnection connection, SqliteTransaction transaction, List<StoredKey> fresh)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "SELECT ledger FROM ledgers WHERE id = $id";
        var id = command.Parameters.Add("$id", SqliteType.Text);
        var ledgers = new List<KeyLedgerSnapshot>();
        foreach (var key in fresh)
        {
            id.Value = key.Key.Id.Value;
            if (command.ExecuteScalar() is byte[] ledger && TryReadLedger(ledger) is { } known)
            {
                ledgers.Add(known.Enabled());
            }
        }

        WriteLedgers(connection, transaction, ledgers);
    }

    /// <summary>The keys that can be opened.</summary>
    public ValueTask<IReadOnlyList<RosterKey>> ListAsync(CancellationToken cancellationToken) => database.InTransactionAsync<IReadOnlyList<RosterKey>>(
        isDurable: false,
        (connection, transaction) => [.. ReadKeys(connection, transaction).Select(key => new RosterKey(key.Key, key.Profile))],
        cancellationToken);

    /// <summary>While no pool runs: adds the keys that are new.</summary>
    /// <returns>Those that were.</returns>
    public ValueTask<IReadOnlyList<KeyId>> ImportAsync(IReadOnlyCollection<ApiKey> keys, KeyProfile profile, CancellationToken cancellationToken) =>
        database.InTransactionAsync<IReadOnlyList<KeyId>>(
            isDurable: true,
            (connection, transaction) =>
            {
                var known = connection.Query<string>("SELECT id FROM keys", transaction: transaction).ToHashSet();
                profile = profile with { AddedAt = time.GetUtcNow() };
                var fresh = keys.Where(key => !known.Contains(key.Id.Value)).Select(key => new StoredKey(key, profile, null)).ToList();
                Revive(connection, transaction, fresh);
                WriteKeys(connection, transaction, fresh, KeyOrigin.Admin);
                return [.. fresh.Select(key => key.Key.Id)];
            },
            cancellationToken);

    /// <summary>The keys that came from the settings.</summary>
    public ValueTask<IReadOnlyList<KeyId>> ListFromSettingsAsync(CancellationToken cancellationToken) => database.InTransactionAsync<IReadOnlyList<KeyId>>(
        isDurable: false,
        (connection, transaction) => connection
            .Query<string>("SELECT id FROM keys WHERE origin = @origin", new { origin = KeyOrigin.Settings }, transaction)
            .Select(id => new KeyId(id))
            .ToList(),
        cancellationToken);

    /// <summary>Marks keys as coming from the settings.</summary>
    public async ValueTask MarkFromSettingsAsync(IReadOnlyCollection<KeyId> ids, CancellationToken cancellationToken) => await database.InTransactionAsync(
        isDurable: true,
        (connection, transaction) => connection.Execute(
            "UPDATE keys SET origin = @origin WHERE id = @id", ids.Select(id => new { id = id.Value, origin = KeyOrigin.Settings }), transaction),
        cancellationToken);
}
