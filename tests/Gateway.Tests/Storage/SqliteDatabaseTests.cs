using Dapper;
using Microsoft.Data.Sqlite;

namespace GeminiBalance.Gateway.Tests.Storage;

public sealed class SqliteDatabaseTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly OpenStorage storage;

    public SqliteDatabaseTests() => storage = new OpenStorage(folder.Path);

    public void Dispose()
    {
        storage.Dispose();
        folder.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task InTransaction_AfterOneThatLosesTheFile_GetsItsTurn(bool isDurable)
    {
        await Assert.ThrowsAnyAsync<Exception>(() => storage.Database.InTransactionAsync<int>(
            isDurable,
            (connection, _) =>
            {
                connection.Close();
                connection.ConnectionString = $"Data Source={folder.In("gone/gateway.db")}";
                throw new InvalidOperationException("the disk is full");
            },
            default).AsTask());

        var next = storage.Database.InTransactionAsync(isDurable, (_, _) => 1, default).AsTask();

        Assert.True(next.IsCompleted);
        await Assert.ThrowsAsync<SqliteException>(() => next);
    }

    [Fact]
    public async Task InTransaction_AsDurableAsIsAskedFor()
    {
        long Level(SqliteConnection connection, SqliteTransaction transaction) => connection.ExecuteScalar<long>("PRAGMA synchronous", transaction: transaction);

        Assert.Equal(2, await storage.Database.InTransactionAsync(isDurable: true, Level, default));
        Assert.Equal(1, await storage.Database.InTransactionAsync(isDurable: false, Level, default));
    }
}
