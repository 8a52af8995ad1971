using Dapper;
using MySqlConnector;

namespace GeminiBalance.Storage.MySql.Tests;

/// <summary>Others in the way.</summary>
[Collection(MariaDbSuite.Name)]
public sealed class LockTests(MariaDbFixture server)
{
    [MariaDbFact]
    public async Task DeadlockedTransaction_IsRunAgain()
    {
        await using var database = await server.OpenAsync();
        var store = Keys.Store(database);
        await store.ClaimAsync("a", Keys.Ids(100), CancellationToken.None);
        await using var other = new MySqlConnection(server.Server.ConnectionStringFor(database.Address.Database));
        await other.OpenAsync();

        // The server gives up the transaction that has changed less: ours.
        await other.ExecuteAsync("START TRANSACTION; UPDATE key_ledgers SET saved_at = UTC_TIMESTAMP(6) WHERE id >= @Value", Keys.Id(2));
        var claiming = store.ClaimAsync("b", [Keys.Id(1), Keys.Id(2)], CancellationToken.None).AsTask();
        while ((await other.QuerySingleAsync<(string, string)>("SHOW GLOBAL STATUS LIKE 'Innodb_row_lock_current_waits'")).Item2 == "0")
        {
            Assert.False(claiming.IsCompleted);
        }

        await other.ExecuteAsync("UPDATE key_ledgers SET saved_at = UTC_TIMESTAMP(6) WHERE id = @Value; COMMIT", Keys.Id(1));

        Assert.Equal([2L, 2L], (await claiming).Select(claimed => claimed.Term));
    }
}
