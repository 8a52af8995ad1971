using Dapper;

namespace GeminiBalance.Storage.MySql.Tests;

/// <summary>Looks at tables past the stores.</summary>
internal static class DatabaseExtensions
{
    public static Task<int> ExecuteAsync(this MySqlDatabase database, string sql, object? parameters = null) =>
        database.RunAsync(connection => connection.ExecuteAsync(sql, parameters), CancellationToken.None);

    public static Task<T?> ReadAsync<T>(this MySqlDatabase database, string sql, object? parameters = null) =>
        database.RunAsync(connection => connection.ExecuteScalarAsync<T>(sql, parameters), CancellationToken.None);
}
