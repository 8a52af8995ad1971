using System.Text;

namespace GeminiBalance.Storage.MySql.Tests;

[Collection(MariaDbSuite.Name)]
public sealed class MySqlResourcesTests(MariaDbFixture server) : IAsyncLifetime
{
    private MySqlDatabase database = null!;
    private MySqlResources resources = null!;

    public async Task InitializeAsync()
    {
        if (server.Server is not null)
        {
            database = await server.OpenAsync();
            resources = new MySqlResources(database);
        }
    }

    public async Task DisposeAsync() => await (database?.DisposeAsync() ?? ValueTask.CompletedTask);

    [MariaDbFact]
    public async Task Find_GivesEveryOwnersRow_AndASecondSaveKeepsCreationAndDescription()
    {
        await resources.SaveAsync([Row("files/a", "one", 1, json: "{}"), Row("files/a", "two", 2)], CancellationToken.None);
        await resources.SaveAsync([Row("files/a", "one", 9, expires: 50)], CancellationToken.None);

        var rows = await resources.FindAsync(["files/a", "files/x"], CancellationToken.None);

        Assert.Equal(["two", "one"], rows.Select(row => row.ClientId));
        Assert.Equal((1, 50, "{}", "0123456789abcdef", "files"), (rows[1].CreatedAt, rows[1].ExpiresAt, Encoding.UTF8.GetString(rows[1].Json!), rows[1].KeyId, rows[1].Collection));
        Assert.Empty(await resources.FindAsync([], CancellationToken.None));
    }

    [MariaDbFact]
    public async Task List_NewestFirst_InPagesWithoutGapOrRepetition()
    {
        await resources.SaveAsync([.. Enumerable.Range(0, 7).Select(i => Row($"files/{i}", "one", i / 2)), Row("files/other", "two", 9), Row("files/gone", "one", 9, expires: 10)], CancellationToken.None);
        var found = new List<string>();
        (long, string, string)? after = null;
        do
        {
            var page = await resources.ListAsync(new ResourceFilter("files", "one", 10, after, 3), CancellationToken.None);
            found.AddRange(page.Select(row => row.Name));
            after = page.Count == 3 ? (page[2].CreatedAt, page[2].Name, page[2].ClientId) : null;
        }
        while (after is not null);

        Assert.Equal(["files/6", "files/5", "files/4", "files/3", "files/2", "files/1", "files/0"], found);
        Assert.Equal(8, (await resources.ListAsync(new ResourceFilter("files", null, 10, null, 100), CancellationToken.None)).Count);
    }

    [MariaDbFact]
    public async Task RemoveAndDeleteExpired_TakeWhatTheySay()
    {
        await resources.SaveAsync([Row("files/a", "one", 1, expires: 5), Row("files/b", "one", 1, expires: 6), Row("files/c", "one", 1), Row("files/c", "two", 1)], CancellationToken.None);

        Assert.Equal(1, await resources.RemoveAsync("files/c", "one", CancellationToken.None));
        Assert.Equal(1, await resources.DeleteExpiredAsync(7, 1, CancellationToken.None));
        Assert.Equal(1, await resources.DeleteExpiredAsync(7, 1, CancellationToken.None));
        Assert.Equal("two", Assert.Single(await resources.FindAsync(["files/a", "files/b", "files/c"], CancellationToken.None)).ClientId);
    }

    private static ResourceRow Row(string name, string client, long created, long? expires = null, string? json = null) => new()
    {
        Name = name, ClientId = client, Collection = "files", KeyId = "0123456789abcdef", CreatedAt = created, ExpiresAt = expires,
        Json = json is null ? null : Encoding.UTF8.GetBytes(json),
    };
}
