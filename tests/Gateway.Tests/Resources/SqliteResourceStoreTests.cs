using System.Text;
using GeminiBalance.Gateway.Resources;
using GeminiBalance.Gateway.Storage;
using GeminiBalance.Gateway.Tests.Storage;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Tests.Resources;

public sealed class SqliteResourceStoreTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly TemporaryFolder folder = new();
    private readonly SqliteDatabase database;
    private readonly SqliteReader reader;
    private readonly SqliteResourceStore store;

    public SqliteResourceStoreTests()
    {
        database = new SqliteDatabase(new DataFolder(folder.Path), "gateway.db", SchemaMigrations.Steps);
        reader = new SqliteReader(database);
        store = new SqliteResourceStore(database, reader);
    }

    public void Dispose()
    {
        reader.Dispose();
        database.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task Find_GivesEveryOwnersRow_WithAllThatWasSaved()
    {
        await store.SaveAsync([Row("files/a", "one") with { Json = "{}"u8.ToArray(), IsSettled = true, ExpiresAt = Start.AddHours(48) }, Row("files/a", "two"), Row("files/b", "one")], default);

        var rows = await store.FindAsync(["files/a", "files/x"], default);

        Assert.Equal(["one", "two"], rows.Select(row => row.ClientId).Order());
        var first = rows.Single(row => row.ClientId == "one");
        Assert.Equal(("{}", true, Start.AddHours(48), Start, new KeyId("0123456789abcdef")), (Encoding.UTF8.GetString(first.Json!.Value.Span), first.IsSettled, first.ExpiresAt, first.CreatedAt, first.KeyId));
    }

    [Fact]
    public async Task Save_Again_KeepsTheMomentOfCreationAndAnOldDescription()
    {
        await store.SaveAsync([Row("files/a", "one") with { Json = "{}"u8.ToArray() }], default);
        await store.SaveAsync([Row("files/a", "one") with { CreatedAt = Start.AddHours(1), ExpiresAt = Start.AddHours(2) }], default);

        var row = Assert.Single(await store.FindAsync(["files/a"], default));

        Assert.Equal((Start, Start.AddHours(2), true), (row.CreatedAt, row.ExpiresAt, row.Json is not null));
    }

    [Fact]
    public async Task List_NewestFirst_InPagesWithoutGapOrRepetition_LeavesOutOthersAndTheExpired()
    {
        await store.SaveAsync([.. Enumerable.Range(0, 7).Select(i => Row($"files/{i}", "one") with { CreatedAt = Start.AddSeconds(i / 2) })], default);
        await store.SaveAsync([Row("files/other", "two"), Row("files/gone", "one") with { ExpiresAt = Start }, Row("cachedContents/c", "one") with { Collection = "cachedContents" }], default);
        var found = new List<string>();
        ResourcePosition? after = null;
        do
        {
            var page = await store.ListAsync(new ResourceQuery("files", "one", after, 3, Start.AddSeconds(1)), default);
            found.AddRange(page.Select(row => row.Name));
            after = page.Count == 3 ? ResourcePosition.Parse(ResourcePosition.Of(page[^1]).ToString()) : null;
        }
        while (after is not null);

        Assert.Equal(["files/6", "files/5", "files/4", "files/3", "files/2", "files/1", "files/0"], found);
        Assert.Equal(8, (await store.ListAsync(new ResourceQuery("files", null, null, 100, Start.AddSeconds(1)), default)).Count);
    }

    [Fact]
    public async Task DeleteExpired_TakesTheOldestUpToTheBound()
    {
        await store.SaveAsync([.. Enumerable.Range(0, 4).Select(i => Row($"files/{i}", "one") with { ExpiresAt = Start.AddHours(i) }), Row("fileSearchStores/s", "one")], default);

        Assert.Equal(2, await store.DeleteExpiredAsync(Start.AddHours(3), 2, default));
        Assert.Equal(1, await store.DeleteExpiredAsync(Start.AddHours(3), 2, default));
        Assert.Equal(2, (await store.FindAsync(["files/3", "fileSearchStores/s"], default)).Count);
    }

    [Fact]
    public async Task Remove_TakesOneOwnersRow()
    {
        await store.SaveAsync([Row("files/a", "one"), Row("files/a", "two")], default);

        await store.RemoveAsync("files/a", "one", default);

        Assert.Equal("two", Assert.Single(await store.FindAsync(["files/a"], default)).ClientId);
    }

    [Fact]
    public async Task Find_WhileOthersWrite_DoesNotWaitForThem()
    {
        await store.SaveAsync([Row("files/a", "one")], default);

        var (found, listed) = await database.InTransactionAsync(
            isDurable: false,
            (_, _) => (store.FindAsync(["files/a"], default).AsTask().IsCompleted, store.ListAsync(new ResourceQuery("files", "one", null, 3, Start), default).AsTask().IsCompleted),
            default);

        Assert.Equal((true, true), (found, listed));
    }

    private static OwnedResource Row(string name, string client) =>
        new() { Name = name, Collection = "files", KeyId = new KeyId("0123456789abcdef"), ClientId = client, CreatedAt = Start };
}
