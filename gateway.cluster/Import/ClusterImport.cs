using GeminiBalance.Gateway.Import;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Storage.MySql;

namespace GeminiBalance.Gateway.Cluster.Import;

/// <summary>Imports into the database of a cluster, whose gateways may run: they find what is new by themselves.</summary>
internal sealed class ClusterImport(TimeProvider time) : IImportShape
{
    public Task<IImportTarget> OpenAsync(string[] settings, bool isDryRun, CancellationToken cancellationToken) =>
        ClusterTarget.OpenAsync(settings, isDryRun, cancellationToken);

    public async Task<ImportSource> ReadMySqlAsync(Func<string, string?> read, CancellationToken cancellationToken)
    {
        try
        {
            await using var database = new MySqlDatabase(MySqlAddress.FromSettings(read), time);
            var tables = await database.ListTablesAsync([SourceDatabase.SettingsTable, ForeignFile.Table, .. SourceDatabase.OtherTables.Keys], cancellationToken);
            var rows = tables.ContainsKey(SourceDatabase.SettingsTable) ? await database.ReadPairsAsync(SourceDatabase.SettingsTable, "key", "value", cancellationToken) : null;
            return SourceDatabase.From(
                $"the database {database.Address}",
                rows,
                SourceDatabase.OtherTables.Where(table => tables.ContainsKey(table.Key)).ToDictionary(table => table.Value, table => tables[table.Key]),
                tables.ContainsKey(ForeignFile.Table) ? await database.ReadTextsAsync(ForeignFile.Table, ForeignFile.Columns, cancellationToken) : []);
        }
        catch (MySqlStorageException failure)
        {
            throw new StartException($"gemini-balance's database: {failure.Message}");
        }
    }
}
