using Dapper;
using GeminiBalance.Gateway.Settings;
using Microsoft.Data.Sqlite;

namespace GeminiBalance.Gateway.Storage;

/// <summary>The database of the stand-alone shape: one file, one connection, one use at a time.</summary>
internal sealed class SqliteDatabase : IDisposable
{
    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly SqliteConnection connection;

    /// <summary>Opens the file, creates it when it is not there, and brings it up to date.</summary>
    /// <exception cref="StartException">It cannot be used; the message says why.</exception>
    public SqliteDatabase(DataFolder folder, string file, IReadOnlyList<string> migrations)
    {
        FilePath = folder.In(file);
        connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = FilePath, Pooling = false }.ToString());
        try
        {
            RefuseOthers(migrations);

            // SQLite gives its side files (-wal, -shm) the rights of the main file.
            folder.Open(file, FileMode.OpenOrCreate, FileShare.ReadWrite).Dispose();
            connection.Open();
            connection.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;");
            SchemaMigrations.Apply(connection, migrations);
        }
        catch (Exception failure) when (failure is SqliteException or IOException or UnauthorizedAccessException)
        {
            connection.Dispose();
            throw new StartException($"The database {FilePath} cannot be used: {failure.Message} Nothing was changed.");
        }
        catch (StartException)
        {
            connection.Dispose();
            throw;
        }

        Meta = new MetaTable(connection);
    }

    public string FilePath { get; }

    /// <summary>For the start, before anything else uses the database.</summary>
    public MetaTable Meta { get; }

    /// <summary>Runs <paramref name="work"/> when its turn comes, in one transaction that is undone when it throws.</summary>
    /// <param name="isDurable">Whether the transaction must survive a power cut, and not only the end of the process.</param>
    public async ValueTask<T> InTransactionAsync<T>(bool isDurable, Func<SqliteConnection, SqliteTransaction, T> work, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            await connection.ExecuteAsync(isDurable ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
            using var transaction = connection.BeginTransaction();
            var result = work(connection, transaction);
            transaction.Commit();
            return result;
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose()
    {
        connection.Dispose();
        turn.Dispose();
    }

    /// <summary>On a connection of its own and before anything else: rights and the journal's mode are changes too, which another program's file must not get.</summary>
    private void RefuseOthers(IReadOnlyList<string> migrations)
    {
        if (File.Exists(FilePath))
        {
            using var probe = new SqliteConnection(connection.ConnectionString);
            probe.Open();
            SchemaMigrations.RefuseOthers(probe, migrations);
        }
    }
}
