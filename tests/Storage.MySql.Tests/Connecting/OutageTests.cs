using Dapper;
using GeminiBalance.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace GeminiBalance.Storage.MySql.Tests;

/// <summary>A database that stands still, dies, comes back or makes us wait.</summary>
[Collection(MariaDbSuite.Name)]
public sealed class OutageTests(MariaDbFixture server)
{
    /// <summary>After this time a call that should have ended fails its test.</summary>
    private static readonly TimeSpan HangMax = TimeSpan.FromSeconds(60);

    [MariaDbFact]
    public async Task FrozenDatabase_EndsEachCallAtItsTimeout_AndServesAgainAfterwards()
    {
        await using var usual = await server.OpenAsync();
        await using var database = new MySqlDatabase(
            MySqlAddress.Parse($"{server.Server.ConnectionStringFor(usual.Address.Database)};Connection Timeout=1;Default Command Timeout=1"), TimeProvider.System);
        var store = Keys.Store(database);
        await store.ClaimAsync("a", [Keys.Id(1)], CancellationToken.None);
        var failures = new List<MySqlStorageException>();

        server.Server.Freeze();
        try
        {
            failures.Add(await FailAsync(() => store.ClaimAsync("b", [Keys.Id(1)], CancellationToken.None)));
            failures.Add(await FailAsync(() => store.SaveAsync("a", [Keys.Ledger(Keys.Id(1), 1, failures: 1)], CancellationToken.None)));
            failures.Add(await FailAsync(() => store.ListLostAsync("a", CancellationToken.None)));
        }
        finally
        {
            server.Server.Thaw();
        }

        Assert.All(failures, failure => Assert.Equal(MySqlFailure.Unreachable, failure.Failure));
        Assert.Empty(await store.SaveAsync("a", [Keys.Ledger(Keys.Id(1), 1, failures: 1)], CancellationToken.None));
    }

    [MariaDbFact]
    public async Task DatabaseFrozenInMidTransaction_EndsTheCallAtItsTimeout_AndKeepsNothing()
    {
        await using var usual = await server.OpenAsync();
        await using var database = new MySqlDatabase(
            MySqlAddress.Parse($"{server.Server.ConnectionStringFor(usual.Address.Database)};Connection Timeout=1;Default Command Timeout=1"), TimeProvider.System);
        try
        {
            var failure = await Assert.ThrowsAsync<MySqlStorageException>(() => database.InTransactionAsync(
                async connection =>
                {
                    var written = await connection.ExecuteAsync("INSERT INTO meta (name, value) VALUES ('n', 'v')");
                    server.Server.Freeze();
                    return written;
                },
                CancellationToken.None));
            Assert.Equal(MySqlFailure.Unreachable, failure.Failure);
        }
        finally
        {
            server.Server.Thaw();
        }

        // The COMMIT may have been on its way: what counts is that no lock stays behind.
        Assert.Equal(1, await usual.ExecuteAsync("INSERT INTO meta (name, value) VALUES ('m', 'v')"));
        Assert.Equal(0, await usual.ReadAsync<int>("SELECT COUNT(*) FROM meta WHERE name = 'n' AND value <> 'v'"));
    }

    [MariaDbFact]
    public async Task ListOfLostClaims_IsWaitedForThreeSeconds()
    {
        await using var usual = await server.OpenAsync();
        await using var database = new MySqlDatabase(
            MySqlAddress.Parse($"{server.Server.ConnectionStringFor(usual.Address.Database)};Connection Timeout=600;Default Command Timeout=600"), TimeProvider.System);
        var clock = new ManualTimeProvider();
        var store = new MySqlClaimStore(database, clock, NullLogger<MySqlClaimStore>.Instance);
        await store.ListLostAsync("a", CancellationToken.None);

        server.Server.Freeze();
        try
        {
            var list = store.ListLostAsync("a", CancellationToken.None).AsTask();
            clock.Advance(TimeSpan.FromSeconds(3));
            var failure = await Assert.ThrowsAsync<MySqlStorageException>(() => list.WaitAsync(HangMax));
            Assert.Equal(MySqlFailure.Unreachable, failure.Failure);
        }
        finally
        {
            server.Server.Thaw();
        }
    }

    [MariaDbFact]
    public async Task DatabaseThatWasKilled_ServesAtOnceWhenItIsBack()
    {
        await using var database = await server.OpenAsync();
        var store = Keys.Store(database);
        await store.ClaimAsync("a", Keys.Ids(3), CancellationToken.None);

        await server.Server.KillAsync();
        await server.Server.RestartAsync();
        Assert.Equal([2L, 2L, 2L], (await store.ClaimAsync("b", Keys.Ids(3), CancellationToken.None)).Select(claimed => claimed.Term));

        await server.Server.KillAsync();
        Assert.Equal(MySqlFailure.Unreachable, (await FailAsync(() => store.ListLostAsync("a", CancellationToken.None))).Failure);
        await server.Server.RestartAsync();
        Assert.Equal(3, (await store.ListLostAsync("a", CancellationToken.None)).Count);
    }

    private static async Task<MySqlStorageException> FailAsync<T>(Func<ValueTask<T>> call) => await Assert.ThrowsAsync<MySqlStorageException>(() => call().AsTask());
}
