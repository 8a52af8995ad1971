namespace GeminiBalance.Storage.MySql.Tests;

[Collection(MariaDbSuite.Name)]
public sealed class MySqlMetaTests(MariaDbFixture server)
{
    [MariaDbFact]
    public async Task OfManyWhoAdd_OneWins_AndAllSeeIt()
    {
        await using var database = await server.OpenAsync();
        var meta = new MySqlMeta(database);
        Assert.Null(await meta.FindAsync("n", CancellationToken.None));

        var values = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => Task.Run(() => meta.GetOrAddAsync("n", [(byte)number], CancellationToken.None))));

        Assert.Single(values.Select(value => value[0]).Distinct());
        Assert.Equal(values[0], await meta.FindAsync("n", CancellationToken.None));
        Assert.Null(await meta.FindAsync("N", CancellationToken.None));

        await meta.SetAsync("n", [7, 0], CancellationToken.None);
        Assert.Equal([7, 0], await meta.GetOrAddAsync("n", [8], CancellationToken.None));
    }
}
