using Dapper;

namespace GeminiBalance.Storage.MySql;

/// <summary>Reads tables that another program made.</summary>
public static class ForeignTables
{
    /// <summary>The longest time for counting a table's rows, in seconds.</summary>
    private const int CountSecondsMax = 60;

    /// <summary>Which of some tables there are.</summary>
    /// <param name="database">Where.</param>
    /// <param name="names">Names that this program has as constants: they go into the statement as they are.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Each with the number of its rows.</returns>
    public static Task<IReadOnlyDictionary<string, long>> ListTablesAsync(this MySqlDatabase database, IReadOnlyCollection<string> names, CancellationToken cancellationToken) =>
        database.RunAsync<IReadOnlyDictionary<string, long>>(
            async connection =>
            {
                var found = await connection.QueryAsync<string>(new CommandDefinition(
                    "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name IN @names", new { names }, cancellationToken: cancellationToken));
                var counts = new Dictionary<string, long>();
                foreach (var name in names.Intersect(found))
                {
                    counts[name] = await connection.ExecuteScalarAsync<long>(new CommandDefinition(
                        $"SELECT COUNT(*) FROM `{name}`", commandTimeout: CountSecondsMax, cancellationToken: cancellationToken));
                }

                return counts;
            },
            cancellationToken);

    /// <summary>Two columns of a table, as text.</summary>
    /// <param name="database">Where.</param>
    /// <param name="table">A constant of this program, as are the columns.</param>
    /// <param name="first">The one column.</param>
    /// <param name="second">The other.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static Task<IReadOnlyList<(string? First, string? Second)>> ReadPairsAsync(
        this MySqlDatabase database, string table, string first, string second, CancellationToken cancellationToken) =>
        database.RunAsync<IReadOnlyList<(string? First, string? Second)>>(
            async connection => [.. await connection.QueryAsync<(string?, string?)>(new CommandDefinition(
                $"SELECT `{first}`, `{second}` FROM `{table}`", cancellationToken: cancellationToken))],
            cancellationToken);

    /// <summary>Columns of a table, as text.</summary>
    /// <param name="database">Where.</param>
    /// <param name="table">A constant of this program, as are the columns.</param>
    /// <param name="columns">Their names.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static Task<IReadOnlyList<IReadOnlyList<string?>>> ReadTextsAsync(
        this MySqlDatabase database, string table, IReadOnlyList<string> columns, CancellationToken cancellationToken) =>
        database.RunAsync<IReadOnlyList<IReadOnlyList<string?>>>(
            async connection =>
            {
                var list = string.Join(", ", columns.Select(column => $"CAST(`{column}` AS CHAR)"));
                await using var reader = await connection.ExecuteReaderAsync(new CommandDefinition($"SELECT {list} FROM `{table}`", cancellationToken: cancellationToken));
                var rows = new List<IReadOnlyList<string?>>();
                while (await reader.ReadAsync(cancellationToken))
                {
                    rows.Add([.. Enumerable.Range(0, columns.Count).Select(at => reader.IsDBNull(at) ? null : reader.GetString(at))]);
                }

                return rows;
            },
            cancellationToken);
}
