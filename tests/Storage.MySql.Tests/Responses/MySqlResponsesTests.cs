namespace GeminiBalance.Storage.MySql.Tests;

[Collection(MariaDbSuite.Name)]
public sealed class MySqlResponsesTests(MariaDbFixture server)
{
    private static readonly DateTime Start = new(2026, 8, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly OwnerBounds Wide = new(1_000, 1_000_000, 1_000, 1_000_000);

    [MariaDbFact]
    public async Task Written_IsReadByItsOwnerOnly_FromAnyConnection()
    {
        await using var database = await server.OpenAsync();
        var responses = new MySqlResponses(database);
        await WriteAsync(responses, "a", "one", 1);
        await WriteAsync(responses, "a", "two", 2);
        var row = Assert.Single(await responses.ReadAsync("a", ["one", "One"], CancellationToken.None));

        Assert.Equal(("one", Start.AddSeconds(1)), (row.Id, row.UsedAt));
        Assert.Equal([1, 2, 3], row.Body);
        Assert.Empty(await responses.ReadAsync("b", ["one"], CancellationToken.None));
        Assert.Equal(6, await responses.SizeAsync("a", ["one", "two", "three"], CancellationToken.None));
        Assert.Equal(0, await responses.SizeAsync("b", ["one"], CancellationToken.None));
        Assert.False(await responses.DeleteAsync("b", "one", CancellationToken.None));
        Assert.True(await responses.DeleteAsync("a", "one", CancellationToken.None));
        Assert.Equal(["two"], await IdsAsync(responses, "a", "one", "two"));
    }

    [MariaDbFact]
    public async Task Replaced_IsOnlyWhatNobodyHasWrittenSince()
    {
        await using var database = await server.OpenAsync();
        var responses = new MySqlResponses(database);
        await WriteAsync(responses, "a", "one", 1);
        var (since, later) = (Start.AddSeconds(1), Start.AddSeconds(1).AddMilliseconds(1));

        Assert.False(await responses.TryReplaceAsync("b", "one", since, later, body: null, CancellationToken.None));
        Assert.True(await responses.TryReplaceAsync("a", "one", since, later, body: null, CancellationToken.None));
        Assert.False(await responses.TryReplaceAsync("a", "one", since, later, [9], CancellationToken.None));
        Assert.Equal([1, 2, 3], (await responses.ReadAsync("a", ["one"], CancellationToken.None)).Single().Body);
        Assert.True(await responses.TryReplaceAsync("a", "one", later, later.AddSeconds(1), [7, 8], CancellationToken.None));
        Assert.Equal([7, 8], (await responses.ReadAsync("a", ["one"], CancellationToken.None)).Single().Body);
    }

    [MariaDbFact]
    public async Task Bounds_KeepTheLastUsedOfEachOwner()
    {
        await using var database = await server.OpenAsync();
        var responses = new MySqlResponses(database);
        var bounds = new OwnerBounds(4, 1_000, 3, 900);
        foreach (var id in new[] { "r0", "r1", "r2", "r3" })
        {
            await WriteAsync(responses, "a", id, int.Parse(id[1..], System.Globalization.CultureInfo.InvariantCulture), bounds);
        }

        await WriteAsync(responses, "b", "other", 0, bounds);
        await WriteAsync(responses, "a", "last", 100, bounds, "r0");

        Assert.Equal(["last", "r0", "r3"], await IdsAsync(responses, "a", "r0", "r1", "r2", "r3", "last"));
        Assert.Equal(["other"], await IdsAsync(responses, "b", "other"));
        await WriteAsync(responses, "a", "large", 200, bounds with { BytesMax = 5, BytesLeft = 4 });
        Assert.Equal(["large"], await IdsAsync(responses, "a", "r0", "r3", "last", "large"));
    }

    [MariaDbFact]
    public async Task Writers_OfOneOwnerAtOnce_AllSucceed()
    {
        await using var database = await server.OpenAsync();
        var responses = new MySqlResponses(database);
        var bounds = new OwnerBounds(8, 1_000_000, 6, 1_000_000);

        await Task.WhenAll(Enumerable.Range(0, 200).Select(number => Task.Run(
            () => WriteAsync(responses, "a", Id(number), number, bounds, Id(number - 1), Id(number - 2), Id(number - 3)))));

        await WriteAsync(responses, "a", "last", 300, bounds);
        var left = await IdsAsync(responses, "a", [.. Enumerable.Range(0, 200).Select(Id), "last"]);
        Assert.Contains("last", left);
        Assert.InRange(left.Length, 6, 8);

        static string Id(int number) => $"r{number * 7_919 % 997}";
    }

    [MariaDbFact]
    public async Task Unused_IsDeletedInPieces()
    {
        await using var database = await server.OpenAsync();
        var responses = new MySqlResponses(database);
        await WriteAsync(responses, "a", "one", 1);
        await WriteAsync(responses, "b", "two", 2);
        await WriteAsync(responses, "a", "three", 10);

        Assert.Equal(1, await responses.DeleteUnusedAsync(new DateTimeOffset(Start.AddSeconds(5)), 1, CancellationToken.None));
        Assert.Equal(1, await responses.DeleteUnusedAsync(new DateTimeOffset(Start.AddSeconds(5)), 2, CancellationToken.None));
        Assert.Equal(["three"], await IdsAsync(responses, "a", "one", "three"));
    }

    private static Task<bool> WriteAsync(MySqlResponses responses, string owner, string id, int second, OwnerBounds? bounds = null, params string[] used) =>
        responses.WriteAsync(owner, new ResponseRow(id, Start.AddSeconds(second), [1, 2, 3]), used, bounds ?? Wide, CancellationToken.None);

    private static async Task<string[]> IdsAsync(MySqlResponses responses, string owner, params string[] ids) =>
        [.. (await responses.ReadAsync(owner, ids, CancellationToken.None)).Select(row => row.Id).Order(StringComparer.Ordinal)];
}
