using Dapper;
using GeminiBalance.Gateway.Cluster.Keys;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Storage.MySql;
using MySqlConnector;

namespace GeminiBalance.Gateway.Cluster.Settings;

/// <summary>Stored settings in MySQL, for all gateways of the cluster.</summary>
internal sealed class MySqlSettingsStore(MySqlDatabase database) : ISettingsStore
{
    private const string ReadVersion = "SELECT value FROM versions WHERE name = 'settings'";

    public ValueTask<StoredSettings> ReadAsync(CancellationToken cancellationToken) => Unavailable.GuardAsync(() => database.InTransactionAsync(
        async connection =>
        {
            // The version first: what is written meanwhile is then seen as new once more, and never missed.
            var version = await connection.QuerySingleAsync<long>(Command(ReadVersion, null, cancellationToken));
            var rows = await connection.QueryAsync<(string Name, byte[] Value, bool IsEncrypted)>(
                Command("SELECT name, value, is_encrypted FROM settings", null, cancellationToken));
            return new StoredSettings(version, [.. rows.Select(row => new StoredSetting(row.Name, row.Value, row.IsEncrypted))]);
        },
        cancellationToken));

    public ValueTask<long> ReadVersionAsync(CancellationToken cancellationToken) => Unavailable.GuardAsync(() => database.RunAsync(
        connection => connection.QuerySingleAsync<long>(Command(ReadVersion, null, cancellationToken)), cancellationToken));

    public async ValueTask WriteAsync(IReadOnlyCollection<StoredSetting> written, IReadOnlyCollection<string> removed, CancellationToken cancellationToken) =>
        await Unavailable.GuardAsync(() => database.InTransactionAsync(connection => WriteAsync(connection, written, removed, cancellationToken), cancellationToken));

    private static async Task<int> WriteAsync(
        MySqlConnection connection, IReadOnlyCollection<StoredSetting> written, IReadOnlyCollection<string> removed, CancellationToken cancellationToken)
    {
        // From here on this is the only writer until it commits.
        var changed = await connection.ExecuteAsync(Command("UPDATE versions SET value = value + 1 WHERE name = 'settings'", null, cancellationToken));
        foreach (var name in removed)
        {
            await connection.ExecuteAsync(Command("DELETE FROM settings WHERE name = @name", new { name }, cancellationToken));
        }

        foreach (var setting in written)
        {
            await connection.ExecuteAsync(Command(
                """
                INSERT INTO settings (name, value, is_encrypted, changed_at) VALUES (@Name, @Value, @IsEncrypted, UTC_TIMESTAMP(6))
                ON DUPLICATE KEY UPDATE value = VALUES(value), is_encrypted = VALUES(is_encrypted), changed_at = VALUES(changed_at)
                """,
                setting,
                cancellationToken));
        }

        return changed;
    }

    private static CommandDefinition Command(string sql, object? parameters, CancellationToken cancellationToken) =>
        new(sql, parameters, cancellationToken: cancellationToken);
}
