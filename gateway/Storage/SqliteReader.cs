using Microsoft.Data.Sqlite;

namespace GeminiBalance.Gateway.Storage;

/// <summary>A second connection, which only reads, so that what people look at does not keep the pool's writes waiting. One use at a time.</summary>
internal sealed class SqliteReader(SqliteDatabase database) : IDisposable
{
    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly SqliteConnection connection = new(
        new SqliteConnectionStringBuilder { DataSource = database.FilePath, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());

    /// <summary>Runs <paramref name="work"/> when its turn comes, on one state of the database.</summary>
    public async ValueTask<T> ReadAsync<T>(Func<SqliteConnection, SqliteTransaction, T> work, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            if (connection.State != System.Data.ConnectionState.Open)
            {
                await connection.OpenAsync(cancellationToken);
            }

            using var transaction = connection.BeginTransaction(deferred: true);
            return work(connection, transaction);
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
}
