using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Storage;
using GeminiBalance.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace GeminiBalance.Gateway.Tests.Storage;

/// <summary>The whole storage on a folder, as a process would open it. Disposing it without closing the store is a crash.</summary>
internal sealed class OpenStorage : IDisposable
{
    public OpenStorage(string folder, string? encryptionKey = null, TimeProvider? time = null)
    {
        Folder = new DataFolder(folder);
        try
        {
            Database = new SqliteDatabase(Folder, "gateway.db", SchemaMigrations.Steps);
            Box = MasterKey.Open(Folder, Database.Meta, encryptionKey is null ? null : new Secret(encryptionKey));
        }
        catch (StartException)
        {
            Database?.Dispose();
            Folder.Dispose();
            throw;
        }

        Store = new SqliteLedgerStore(Database, Box, time ?? new ManualTimeProvider(), NullLogger<SqliteLedgerStore>.Instance);
    }

    public DataFolder Folder { get; }

    public SqliteDatabase Database { get; }

    public SecretBox Box { get; }

    public SqliteLedgerStore Store { get; }

    public void Dispose()
    {
        Box.Dispose();
        Database.Dispose();
        Folder.Dispose();
    }
}
