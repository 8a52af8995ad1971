using Dapper;
using Microsoft.Data.Sqlite;

namespace GeminiBalance.Gateway.Storage;

/// <summary>Single facts about the database, by name. For the start only: it uses the connection without waiting for its turn.</summary>
internal sealed class MetaTable(SqliteConnection connection)
{
    public byte[]? Find(string name) => connection.QuerySingleOrDefault<byte[]>("SELECT value FROM meta WHERE name = @name", new { name });

    public void Set(string name, byte[] value) => Write(connection, null, name, value);

    public static int Write(SqliteConnection connection, SqliteTransaction? transaction, string name, byte[] value) => connection.Execute(
        "INSERT INTO meta (name, value) VALUES (@name, @value) ON CONFLICT (name) DO UPDATE SET value = excluded.value", new { name, value }, transaction);
}
