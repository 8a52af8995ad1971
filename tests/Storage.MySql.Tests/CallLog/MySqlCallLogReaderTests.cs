namespace GeminiBalance.Storage.MySql.Tests;

[Collection(MariaDbSuite.Name)]
public sealed class MySqlCallLogReaderTests(MariaDbFixture server) : IAsyncLifetime
{
    private const int RateLimited = 6;
    private const int Left = 13;
    private readonly List<LogRow> requests = [];
    private MySqlDatabase database = null!;
    private MySqlCallLogReader reader = null!;

    /// <summary>Eight attempts, one each second: three keys and two models in turn; the fourth was left, every other even one failed.</summary>
    public async Task InitializeAsync()
    {
        if (server.Server is null)
        {
            return;
        }

        database = await server.OpenAsync();
        reader = new MySqlCallLogReader(database);
        for (var number = 1; number <= 8; number++)
        {
            var (outcome, status) = number == 4 ? (Left, (int?)null) : number % 2 == 0 ? (RateLimited, 429) : (1, 200);
            requests.Add(LogSamples.Row(number, $"{number % 3:x16}", outcome, status, $"gemini-{number % 2}"));
        }

        var errors = requests.Where(row => row.Outcome == RateLimited)
            .Select(row => row with { Detail = "429 RESOURCE_EXHAUSTED", Message = "Slow down! 100% used.", RequestBody = "{}" });
        await new MySqlCallLog(database).WriteAsync(LogSamples.Batch("w", 1, requests, [.. errors]), CancellationToken.None);
    }

    public async Task DisposeAsync() => await (database?.DisposeAsync() ?? ValueTask.CompletedTask);

    [MariaDbFact]
    public async Task Lists_FilterSortAndPage()
    {
        await AssertAsync([8, 7, 6, 5, 4, 3, 2, 1], Query());
        await AssertAsync([1, 2, 3], Query() with { IsOldestFirst = true, Limit = 3 }, 8);
        await AssertAsync([6, 5], Query() with { Limit = 2, Offset = 2 }, 8);
        await AssertAsync([7, 4, 1], Query() with { KeyIds = [$"{1:x16}"] });
        await AssertAsync([], Query() with { KeyIds = [] });
        await AssertAsync([8, 6, 4, 2], Query() with { Model = "gemini-0" });
        await AssertAsync([], Query() with { Model = "GEMINI-0" });
        await AssertAsync([], Query() with { ClientId = "nobody" });
        await AssertAsync([8, 6, 2], Query() with { Status = 429 });
        await AssertAsync([8, 6, 4, 2], Query() with { Outcomes = [RateLimited, Left] });
        await AssertAsync([5, 4, 3], Query() with { From = LogSamples.Start.AddSeconds(3).UtcDateTime, Until = LogSamples.Start.AddSeconds(6).UtcDateTime });
        await AssertAsync([8, 7, 6, 5, 4, 3, 2, 1], Query() with { CountMax = 5 }, 5);
    }

    [MariaDbFact]
    public async Task Rows_ComeBackAsTheyWereWritten()
    {
        var rows = (await reader.ListRequestsAsync(Query() with { IsOldestFirst = true }, CancellationToken.None)).Rows;

        Assert.Equal(requests, rows.Select(row => row with { Id = 0 }));
        var error = (await reader.ListErrorsAsync(Query(), CancellationToken.None)).Rows[0];
        Assert.Equal(("429 RESOURCE_EXHAUSTED", "Slow down! 100% used.", null), (error.Detail, error.Message, error.RequestBody));
        Assert.Equal(error with { RequestBody = "{}" }, await reader.FindErrorAsync(error.Id, CancellationToken.None));
        Assert.Null(await reader.FindErrorAsync(99, CancellationToken.None));
    }

    [MariaDbFact]
    public async Task Errors_ByText_TakeItAsItStands()
    {
        foreach (var (text, expected) in new[] { ("resource", 3), ("slow DOWN", 3), ("100%", 3), ("100_", 0), ("!", 3), ("' OR 1=1 --", 0), ("\\", 0) })
        {
            Assert.Equal((text, expected), (text, (await reader.ListErrorsAsync(Query() with { Text = text }, CancellationToken.None)).Total));
        }
    }

    [MariaDbFact]
    public async Task ErrorsByKey_AreCounted_AndErrorsDeleted()
    {
        Assert.Equal([($"{2:x16}", 2L), ($"{0:x16}", 1L)], await reader.CountErrorsByKeyAsync(429, LogSamples.Start, 10, CancellationToken.None));
        Assert.Equal([($"{2:x16}", 1L)], await reader.CountErrorsByKeyAsync(429, LogSamples.Start.AddSeconds(8), 1, CancellationToken.None));
        Assert.Empty(await reader.CountErrorsByKeyAsync(403, LogSamples.Start, 10, CancellationToken.None));

        var ids = (await reader.ListErrorsAsync(Query(), CancellationToken.None)).Rows.Select(row => row.Id).ToList();
        Assert.Equal(2, await reader.DeleteErrorsAsync([ids[0], ids[2], 99], CancellationToken.None));
        Assert.Equal(0, await reader.DeleteErrorsAsync([], CancellationToken.None));
        Assert.Equal([ids[1]], (await reader.ListErrorsAsync(Query(), CancellationToken.None)).Rows.Select(row => row.Id));
    }

    [MariaDbFact]
    public async Task Sums_OverTheRequestsThemselves_AddUp()
    {
        Assert.Equal([new SumRow("", 8, 4, 1, 36, 0, 836)], await SumAsync(SumGrouping.All));
        Assert.Equal([new SumRow("", 3, 1, 0, 21, 0, 321)], await SumAsync(SumGrouping.All, LogSamples.Start.AddSeconds(5.5)));
        Assert.Equal([("gemini-0", 4L), ("gemini-1", 4L)], (await SumAsync(SumGrouping.Model)).Select(sum => (sum.Group, sum.Calls)));
        Assert.Equal([("1", 4L), ("6", 3L), ("13", 1L)], (await SumAsync(SumGrouping.Outcome)).Select(sum => (sum.Group, sum.Calls)));
        Assert.Equal([($"{1:x16}", 3L), ($"{2:x16}", 3L), ($"{0:x16}", 2L)], (await SumAsync(SumGrouping.Key)).Select(sum => (sum.Group, sum.Calls)));
        Assert.Equal([($"{1:x16}", 3L)], (await SumAsync(SumGrouping.Key, groupsMax: 1)).Select(sum => (sum.Group, sum.Calls)));
        Assert.Equal([("gemini-1", 2L), ("gemini-0", 1L)], (await SumAsync(SumGrouping.Model, key: $"{1:x16}")).Select(sum => (sum.Group, sum.Calls)));
        Assert.Equal([($"{LogSamples.Start.ToUnixTimeSeconds()}", 8L)], (await SumAsync(SumGrouping.Minute)).Select(sum => (sum.Group, sum.Calls)));
        Assert.Empty(await SumAsync(SumGrouping.All, LogSamples.Start.AddSeconds(9)));
    }

    private static LogQuery Query() => new() { Limit = 100, CountMax = 1000 };

    private Task<IReadOnlyList<SumRow>> SumAsync(SumGrouping by, DateTimeOffset? from = null, string? key = null, int groupsMax = 100) =>
        reader.SumAsync(new SumQuery(SumSource.Requests, from ?? LogSamples.Start, by, key, 1, Left, groupsMax), CancellationToken.None);

    private async Task AssertAsync(int[] expected, LogQuery query, int? total = null)
    {
        var (rows, found) = await reader.ListRequestsAsync(query, CancellationToken.None);
        Assert.Equal(expected, rows.Select(row => row.Number));
        Assert.Equal(total ?? expected.Length, found);
    }
}
