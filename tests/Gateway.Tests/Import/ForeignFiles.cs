using Microsoft.Data.Sqlite;

namespace GeminiBalance.Gateway.Tests.Import;

/// <summary>Files as gemini-balance writes them.</summary>
internal static class ForeignFiles
{
    /// <summary>Makes its database, with all its tables.</summary>
    public static string WriteDatabase(string path, params (string Name, string? Value)[] settings)
    {
        using var connection = Open(path);
        Execute(
            connection,
            """
            CREATE TABLE t_settings (id INTEGER NOT NULL PRIMARY KEY, key VARCHAR(100) NOT NULL UNIQUE, value TEXT, description VARCHAR(255), created_at DATETIME, updated_at DATETIME);
            CREATE TABLE t_error_logs (id INTEGER NOT NULL PRIMARY KEY, gemini_key VARCHAR(100), model_name VARCHAR(100), error_type VARCHAR(50), error_log TEXT, error_code INTEGER, request_msg JSON, request_time DATETIME);
            CREATE TABLE t_request_log (id INTEGER NOT NULL PRIMARY KEY, request_time DATETIME, model_name VARCHAR(100), api_key VARCHAR(100), is_success BOOLEAN NOT NULL, status_code INTEGER, latency_ms INTEGER);
            CREATE TABLE t_file_records (id INTEGER NOT NULL PRIMARY KEY, name VARCHAR(255) NOT NULL UNIQUE, api_key VARCHAR(100) NOT NULL, user_token VARCHAR(100), expiration_time DATETIME);
            INSERT INTO t_request_log (model_name, is_success) VALUES ('gemini-2.5-pro', 1), ('gemini-2.5-pro', 0);
            """);
        foreach (var (name, value) in settings)
        {
            using var command = connection.CreateCommand();
            command.CommandText = "INSERT INTO t_settings (key, value, created_at) VALUES ($key, $value, '2026-01-02 03:04:05')";
            command.Parameters.AddWithValue("$key", name);
            command.Parameters.AddWithValue("$value", (object?)value ?? DBNull.Value);
            command.ExecuteNonQuery();
        }

        return path;
    }

    /// <summary>Adds uploads as it writes them down: times in UTC that do not say so.</summary>
    public static void AddFiles(string path, params (string? Name, string Key, string? Token, DateTimeOffset ExpiresAt)[] files)
    {
        using var connection = Open(path);
        foreach (var (name, key, token, end) in files)
        {
            using var command = connection.CreateCommand();
            command.CommandText = "INSERT INTO t_file_records (name, api_key, user_token, expiration_time) VALUES ($name, $key, $token, $end)";
            command.Parameters.AddWithValue("$name", name);
            command.Parameters.AddWithValue("$key", key);
            command.Parameters.AddWithValue("$token", (object?)token ?? DBNull.Value);
            command.Parameters.AddWithValue("$end", end.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff", System.Globalization.CultureInfo.InvariantCulture));
            command.ExecuteNonQuery();
        }
    }

    public static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    public static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of tests.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
