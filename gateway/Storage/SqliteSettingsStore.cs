using Dapper;
using GeminiBalance.Gateway.Settings;

namespace GeminiBalance.Gateway.Storage;

/// <summary>Stored settings in SQLite.</summary>
internal sealed class SqliteSettingsStore(SqliteDatabase database, TimeProvider time) : ISettingsStore
{
    public ValueTask<StoredSettings> ReadAsync(CancellationToken cancellationToken) => database.InTransactionAsync(
        isDurable: false,
        (connection, transaction) => new StoredSettings(
            connection.QuerySingle<long>("SELECT version FROM settings_version", transaction: transaction),
            [.. connection.Query<(string Name, byte[] Value, long IsEncrypted)>("SELECT name, value, is_encrypted FROM settings", transaction: transaction)
                .Select(row => new StoredSetting(row.Name, row.Value, row.IsEncrypted != 0))]),
        cancellationToken);

    public ValueTask<long> ReadVersionAsync(CancellationToken cancellationToken) => database.InTransactionAsync(
        isDurable: false,
        (connection, transaction) => connection.QuerySingle<long>("SELECT version FROM settings_version", transaction: transaction),
        cancellationToken);

    public async ValueTask WriteAsync(IReadOnlyCollection<StoredSetting> written, IReadOnlyCollection<string> removed, CancellationToken cancellationToken) =>
        await database.InTransactionAsync(
            isDurable: true,
            (connection, transaction) =>
            {
                connection.Execute("DELETE FROM settings WHERE name = @name", removed.Select(name => new { name }), transaction);
                connection.Execute(
                    """
                    INSERT INTO settings (name, value, is_encrypted, changed_at) VALUES (@Name, @Value, @IsEncrypted, @at)
                    ON CONFLICT (name) DO UPDATE SET value = excluded.value, is_encrypted = excluded.is_encrypted, changed_at = excluded.changed_at
                    """,
                    written.Select(setting => new { setting.Name, setting.Value, setting.IsEncrypted, at = time.GetUtcNow().ToUnixTimeMilliseconds() }),
                    transaction);
                return connection.Execute("UPDATE settings_version SET version = version + 1", transaction: transaction);
            },
            cancellationToken);
}
