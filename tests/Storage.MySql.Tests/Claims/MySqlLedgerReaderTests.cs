using Microsoft.Extensions.Logging.Abstractions;

namespace GeminiBalance.Storage.MySql.Tests;

[Collection(MariaDbSuite.Name)]
public sealed class MySqlLedgerReaderTests(MariaDbFixture server)
{
    [MariaDbFact]
    public async Task StoredLedgers_AreRead_AndClaimsStayAsTheyAre()
    {
        await using var database = await server.OpenAsync();
        var (store, reader) = (Keys.Store(database), new MySqlLedgerReader(database, TimeProvider.System, NullLogger<MySqlLedgerReader>.Instance));
        await store.ClaimAsync("a", Keys.Ids(700), CancellationToken.None);
        await store.SaveAsync("a", [.. Keys.Ids(650).Select(key => Keys.Ledger(key, 1, failures: 4))], CancellationToken.None);

        var ledgers = await reader.ReadAsync(Keys.Ids(800), CancellationToken.None);

        Assert.Equal(Keys.Ids(650), ledgers.Keys.Order());
        Assert.All(ledgers, entry => Assert.Equal((entry.Key.Value, 4), (entry.Value.KeyId, entry.Value.Failures)));
        Assert.Empty(await store.SaveAsync("a", [Keys.Ledger(Keys.Id(1), 1, failures: 5)], CancellationToken.None));
    }
}
