using Dapper;
using MySqlConnector;

namespace GeminiBalance.Storage.MySql;

/// <summary>Single facts about the cluster, by name (at most 100 characters).</summary>
public sealed class MySqlMeta(MySqlDatabase database)
{
    public Task<byte[]?> FindAsync(string name, CancellationToken cancellationToken) => database.RunAsync(
        connection => FindAsync(connection, name, cancellationToken), cancellationToken);

    /// <summary>Stores a fact that nobody has stored yet. Of many processes that do so at once one wins.</summary>
    /// <returns>What is stored: the same for all of them.</returns>
    public Task<byte[]> GetOrAddAsync(string name, byte[] value, CancellationToken cancellationToken) => database.RunAsync(
        async connection =>
        {
            await connection.ExecuteAsync(new CommandDefinition(
                "INSERT INTO meta (name, value) VALUES (@name, @value) ON DUPLICATE KEY UPDATE name = meta.name", new { name, value }, cancellationToken: cancellationToken));
            return (await FindAsync(connection, name, cancellationToken))!;
        },
        cancellationToken);

    public Task SetAsync(string name, byte[] value, CancellationToken cancellationToken) => database.RunAsync(
        connection => connection.ExecuteAsync(new CommandDefinition(
            "INSERT INTO meta (name, value) VALUES (@name, @value) ON DUPLICATE KEY UPDATE value = @value", new { name, value }, cancellationToken: cancellationToken)),
        cancellationToken);

    private static Task<byte[]?> FindAsync(MySqlConnection connection, string name, CancellationToken cancellationToken) => connection.QuerySingleOrDefaultAsync<byte[]>(
        new CommandDefinition("SELECT value FROM meta WHERE name = @name", new { name }, cancellationToken: cancellationToken));
}
