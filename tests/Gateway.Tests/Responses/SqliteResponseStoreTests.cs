using System.Text;
using Dapper;
using GeminiBalance.Gateway.Responses;
using GeminiBalance.Gateway.Storage;
using GeminiBalance.Gateway.Tests.Storage;

namespace GeminiBalance.Gateway.Tests.Responses;

public sealed class SqliteResponseStoreTests : IDisposable
{
    private static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeSeconds(1_790_000_000);
    private static readonly ResponseBounds Wide = new(1_000, 1_000_000);
    private readonly TemporaryFolder folder = new();
    private readonly OpenStorage storage;
    private readonly SqliteReader reader;
    private readonly SealedResponseStore store;

    public SqliteResponseStoreTests()
    {
        storage = new OpenStorage(folder.Path);
        reader = new SqliteReader(storage.Database);
        store = new SealedResponseStore(new SqliteResponseStore(storage.Database, reader), storage.Box);
    }

    public void Dispose()
    {
        reader.Dispose();
        storage.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task Written_IsReadByItsOwnerOnly()
    {
        await WriteAsync("a", "one", 1);
        await WriteAsync("a", "two", 2);

        Assert.Equal(["one", "two"], await IdsAsync("a", "one", "two", "three"));
        Assert.Empty(await IdsAsync("b", "one"));
        var bytes = await store.SizeAsync("a", ["one"], default);
        Assert.InRange(bytes, "body of one".Length, 100);
        Assert.Equal(2 * bytes, await store.SizeAsync("a", ["one", "two", "three"], default));
        Assert.Equal(0, await store.SizeAsync("b", ["one"], default));
        Assert.Equal("body of one", Encoding.UTF8.GetString((await store.ReadAsync("a", ["one"], default)).Single().Body));
        Assert.False(await store.DeleteAsync("b", "one", default));
        Assert.True(await store.DeleteAsync("a", "one", default));
        Assert.Equal(["two"], await IdsAsync("a", "one", "two"));
    }

    [Fact]
    public async Task Replaced_IsOnlyWhatNobodyHasWrittenSince()
    {
        await WriteAsync("a", "one", 1);
        var row = (await store.ReadAsync("a", ["one"], default)).Single();
        var later = row.UsedAt + TimeSpan.FromSeconds(9);

        Assert.False(await store.TryReplaceAsync(row with { Owner = "b" }, later, body: null, default));
        Assert.True(await store.TryReplaceAsync(row, later, body: null, default));
        Assert.False(await store.TryReplaceAsync(row, later, "stale"u8.ToArray(), default));
        Assert.True(await store.TryReplaceAsync(row with { UsedAt = later }, later + TimeSpan.FromSeconds(1), "new"u8.ToArray(), default));

        var now = (await store.ReadAsync("a", ["one"], default)).Single();
        Assert.Equal(("new", later + TimeSpan.FromSeconds(1)), (Encoding.UTF8.GetString(now.Body), now.UsedAt));
        Assert.Equal(
            await storage.Database.InTransactionAsync(false, (connection, _) => connection.QuerySingle<long>("SELECT LENGTH(body) FROM responses"), default),
            await storage.Database.InTransactionAsync(false, (connection, _) => connection.QuerySingle<long>("SELECT bytes FROM responses"), default));
    }

    [Fact]
    public async Task AtRest_IsEncrypted_AndOpensForNobodyElse()
    {
        await WriteAsync("a", "one", 1);
        var stored = await storage.Database.InTransactionAsync(false, (connection, _) => connection.QuerySingle<byte[]>("SELECT body FROM responses"), default);
        Assert.DoesNotContain("body of one", Encoding.Latin1.GetString(stored), StringComparison.Ordinal);

        await storage.Database.InTransactionAsync(false, (connection, _) => connection.Execute("UPDATE responses SET owner = 'b'"), default);
        Assert.Empty(await IdsAsync("b", "one"));
    }

    [Fact]
    public async Task Count_KeepsTheLastUsed()
    {
        var bounds = new ResponseBounds(20, 1_000_000);
        for (var i = 0; i < 20; i++)
        {
            await WriteAsync("a", $"r{i}", i, bounds);
        }

        await WriteAsync("b", "other", 0, bounds);
        await WriteAsync("a", "last", 100, bounds, "r0");

        var left = await IdsAsync("a", [.. Enumerable.Range(0, 20).Select(i => $"r{i}"), "last"]);
        Assert.Equal(19, left.Length);
        Assert.DoesNotContain("r1", left);
        Assert.DoesNotContain("r2", left);
        Assert.Contains("r0", left);
        Assert.Equal(["other"], await IdsAsync("b", "other"));
    }

    [Fact]
    public async Task Bytes_KeepTheLastUsed_AndAlwaysTheNewest()
    {
        var bounds = new ResponseBounds(1_000, 100);
        await WriteAsync("a", "one", 1, bounds);
        await WriteAsync("a", "two", 2, bounds);
        await WriteAsync("a", "three", 3, bounds);

        // Each has 29 bytes of encryption on top.
        Assert.Equal(["three", "two"], await IdsAsync("a", "one", "two", "three"));
        await WriteAsync("a", "four", 4, bounds with { BytesMax = 1 });
        Assert.Equal(["four"], await IdsAsync("a", "one", "two", "three", "four"));
    }

    [Fact]
    public async Task Unused_IsDeletedInPieces()
    {
        await WriteAsync("a", "one", 1);
        await WriteAsync("b", "two", 2);
        await WriteAsync("a", "three", 3);
        await WriteAsync("a", "four", 10, Wide, "one");

        Assert.Equal(1, await store.DeleteUnusedAsync(Start.AddSeconds(5), 1, default));
        Assert.Equal(1, await store.DeleteUnusedAsync(Start.AddSeconds(5), 2, default));
        Assert.Equal(["four", "one"], await IdsAsync("a", "one", "two", "three", "four"));
    }

    private async Task WriteAsync(string owner, string id, int second, ResponseBounds? bounds = null, params string[] used) =>
        await store.WriteAsync(new KeptResponse(id, owner, Start.AddSeconds(second), Encoding.UTF8.GetBytes($"body of {id}")), used, bounds ?? Wide, default);

    private async Task<string[]> IdsAsync(string owner, params string[] ids) =>
        [.. (await store.ReadAsync(owner, ids, default)).Select(response => response.Id).Order(StringComparer.Ordinal)];
}
