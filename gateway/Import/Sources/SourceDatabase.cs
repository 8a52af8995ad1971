using Dapper;
using GeminiBalance.Gateway.Settings;
using Microsoft.Data.Sqlite;

namespace GeminiBalance.Gateway.Import;

/// <summary>Reads gemini-balance's SQLite database; it writes nothing there.</summary>
internal static class SourceDatabase
{
    public const string SettingsTable = "t_settings";

    /// <summary>What its other tables hold, by their names.</summary>
    public static IReadOnlyDictionary<string, string> OtherTables { get; } = new Dictionary<string, string>
    {
        ["t_request_log"] = "the request log", ["t_error_logs"] = "the error log",
    };

    /// <summary>The longest wait for somebody who is writing, in seconds.</summary>
    private const int LockSecondsMax = 2;

    private const int SqliteBusy = 5;
    private const int SqliteLocked = 6;

    /// <exception cref="StartException">It cannot be read, or is another program's.</exception>
    public static ImportSource Read(string path)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false, DefaultTimeout = LockSecondsMax,
        }.ToString());
        try
        {
            connection.Open();
            return Read(path, connection);
        }
        catch (SqliteException failure) when (failure.SqliteErrorCode is SqliteBusy or SqliteLocked)
        {
            throw new StartException($"{path} is locked by another program. Stop gemini-balance, or name a copy of the file.");
        }
        catch (SqliteException failure)
        {
            throw new StartException($"{path} cannot be read: {failure.Message} If gemini-balance did not end cleanly, start and stop it once, or name a copy of the file.");
        }
    }

    /// <summary>The settings of a database, or what is wrong with it.</summary>
    /// <param name="name">The database, for people.</param>
    /// <param name="rows">The rows of <c>t_settings</c>; null when there is no such table.</param>
    /// <param name="others">How many rows the other tables hold.</param>
    /// <param name="files">The rows of <see cref="ForeignFile.Table"/>, see <see cref="ForeignFile.Columns"/>.</param>
    /// <exception cref="StartException">It is not gemini-balance's, or empty.</exception>
    public static ImportSource From(
        string name, IEnumerable<(string? Name, string? Value)>? rows, IReadOnlyDictionary<string, long> others, IEnumerable<IReadOnlyList<string?>> files)
    {
        if (rows is null)
        {
            throw new StartException($"{name} is not gemini-balance's database: it has no table {SettingsTable}.");
        }

        var values = rows.Where(row => !string.IsNullOrEmpty(row.Name)).DistinctBy(row => row.Name)
            .ToDictionary(row => row.Name!, row => SettingText.Unquote(row.Value ?? ""));
        return values.Count > 0
            ? new ImportSource(name, IsEnvironmentFile: false, values) { Rows = others, Files = [.. files.Select(ForeignFile.Read).OfType<ForeignFile>()] }
            : throw new StartException($"{name} holds no settings: gemini-balance never started with it. Name the .env file alone.");
    }

    private static ImportSource Read(string path, SqliteConnection connection)
    {
        var tables = connection.Query<string>("SELECT name FROM sqlite_master WHERE type = 'table'").ToHashSet();
        var rows = tables.Contains(SettingsTable)
            ? connection.Query<(string?, string?)>($"SELECT CAST(key AS TEXT), CAST(value AS TEXT) FROM {SettingsTable}").AsList()
            : null;
        var others = OtherTables.Where(table => tables.Contains(table.Key)).ToDictionary(table => table.Value, table => connection.QuerySingle<long>($"SELECT count(*) FROM {table.Key}"));
        return From(path, rows, others, tables.Contains(ForeignFile.Table) ? ReadFiles(connection) : []);
    }

    private static List<string?[]> ReadFiles(SqliteConnection connection)
    {
        var columns = string.Join(", ", ForeignFile.Columns.Select(column => $"CAST({column} AS TEXT)"));
        return connection.Query<(string?, string?, string?, string?)>($"SELECT {columns} FROM {ForeignFile.Table}")
            .Select(row => new[] { row.Item1, row.Item2, row.Item3, row.Item4 }).ToList();
    }
}
