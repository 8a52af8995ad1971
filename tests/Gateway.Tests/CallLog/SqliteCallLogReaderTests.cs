using GeminiBalance.Gateway.CallLog;
using GeminiBalance.Gateway.Storage;
using GeminiBalance.Gateway.Tests.Storage;
using GeminiBalance.Gateway.Upstream;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Tests.CallLog;

public sealed class SqliteCallLogReaderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly OpenStorage storage;
    private readonly SqliteReader connection;
    private readonly SqliteCallLogReader reader;
    private readonly CallLogUnderTest log;

    public SqliteCallLogReaderTests()
    {
        storage = new OpenStorage(folder.Path);
        connection = new SqliteReader(storage.Database);
        reader = new SqliteCallLogReader(connection, storage.Database);
        log = new CallLogUnderTest(store: new SqliteCallLogStore(storage.Database));
    }

    public static TheoryData<string, int[]> Filters => new()
    {
        { "", [8, 7, 6, 5, 4, 3, 2, 1] },
        { "oldest", [1, 2, 3, 4, 5, 6, 7, 8] },
        { "page", [6, 5] },
        { "key", [7, 4, 1] },
        { "nokey", [] },
        { "model", [8, 6, 4, 2] },
        { "span", [5, 4, 3] },
        { "status", [8, 6, 4, 2] },
        { "outcome", [8, 6, 4, 2] },
        { "client", [8, 7, 6, 5, 4, 3, 2, 1] },
        { "nobody", [] },
        { "key+model", [4] },
    };

    public void Dispose()
    {
        log.Dispose();
        connection.Dispose();
        storage.Dispose();
        folder.Dispose();
    }

    [Theory]
    [MemberData(nameof(Filters))]
    public async Task List_Filters(string name, int[] expected)
    {
        await WriteAsync();
        var start = new DateTimeOffset(2026, 1, 15, 20, 0, 0, TimeSpan.Zero);
        var filter = name switch
        {
            "oldest" => new CallLogFilter { IsOldestFirst = true },
            "page" => new CallLogFilter { Limit = 2, Offset = 2 },
            "key" => new CallLogFilter { KeyIds = [CallLogUnderTest.Key(1).Value] },
            "nokey" => new CallLogFilter { KeyIds = [] },
            "model" => new CallLogFilter { Model = "gemini-0" },
            "span" => new CallLogFilter { From = start.AddSeconds(3), Until = start.AddSeconds(6) },
            "status" => new CallLogFilter { Status = 429 },
            "outcome" => new CallLogFilter { Outcomes = [CallOutcomeKind.KeyRateLimited, CallOutcomeKind.KeyRejected] },
            "client" => new CallLogFilter { ClientId = "client-1" },
            "nobody" => new CallLogFilter { ClientId = "client-2" },
            "key+model" => new CallLogFilter { KeyIds = [CallLogUnderTest.Key(1).Value], Model = "gemini-0" },
            _ => new CallLogFilter(),
        };

        var page = await reader.ListRequestsAsync(filter, CancellationToken.None);

        Assert.Equal(expected, page.Rows.Select(row => row.Value.Number));
        Assert.Equal(name == "page" ? 8 : expected.Length, page.Total);
    }

    [Fact]
    public async Task List_RowsComeBackAsTheyWereWritten()
    {
        await WriteAsync();
        using var copy = new CallLogUnderTest();
        Record(copy);
        await copy.FlushAsync();

        Assert.Equal(copy.Store.Attempts, (await reader.ListRequestsAsync(new CallLogFilter { IsOldestFirst = true }, CancellationToken.None)).Rows.Select(row => row.Value));
        var errors = await reader.ListErrorsAsync(new CallLogFilter { IsOldestFirst = true }, CancellationToken.None);
        Assert.Equal(copy.Store.Batches.Single().Errors.Select(error => error with { RequestBody = null }), errors.Rows.Select(row => row.Value));
        Assert.Equal(copy.Store.Batches.Single().Errors[0], (await reader.FindErrorAsync(errors.Rows[0].Id, CancellationToken.None))!.Value);
        Assert.Null(await reader.FindErrorAsync(99, CancellationToken.None));
    }

    [Theory]
    [InlineData("RESOURCE", 4)]
    [InlineData("slow DOWN", 4)]
    [InlineData("100%", 4)]
    [InlineData("100_", 0)]
    [InlineData("!", 4)]
    [InlineData("' OR 1=1 --", 0)]
    public async Task ListErrors_ByText_TakesItAsItStands(string text, int expected)
    {
        await WriteAsync();

        Assert.Equal(expected, (await reader.ListErrorsAsync(new CallLogFilter { Text = text }, CancellationToken.None)).Total);
    }

    [Fact]
    public async Task Total_IsCountedUpToItsBound()
    {
        for (var i = 0; i <= Limits.LogRowsCountedMax; i++)
        {
            log.Record(CallOutcomeKind.Succeeded);
        }

        await log.FlushAsync();

        Assert.Equal(Limits.LogRowsCountedMax, (await reader.ListRequestsAsync(new CallLogFilter(), CancellationToken.None)).Total);
    }

    [Fact]
    public async Task CountErrorsByKey_CountsOneStatusAndTheSpan()
    {
        await WriteAsync();

        var counts = await reader.CountErrorsByKeyAsync(429, log.Time.GetUtcNow().AddSeconds(-5), 10, CancellationToken.None);

        Assert.Equal([(CallLogUnderTest.Key(0).Value, 1L), (CallLogUnderTest.Key(1).Value, 1L), (CallLogUnderTest.Key(2).Value, 1L)], counts.OrderBy(count => count.KeyId));
        Assert.Equal(2, (await reader.CountErrorsByKeyAsync(429, default, 1, CancellationToken.None)).Single().Count);
        Assert.Empty(await reader.CountErrorsByKeyAsync(403, default, 10, CancellationToken.None));
    }

    [Fact]
    public async Task DeleteErrors_DeletesThose()
    {
        await WriteAsync();
        var ids = (await reader.ListErrorsAsync(new CallLogFilter(), CancellationToken.None)).Rows.Select(row => row.Id).ToList();

        Assert.Equal(2, await reader.DeleteErrorsAsync([ids[0], ids[2], 99], CancellationToken.None));

        Assert.Equal([ids[1], ids[3]], (await reader.ListErrorsAsync(new CallLogFilter(), CancellationToken.None)).Rows.Select(row => row.Id));
    }

    private async Task WriteAsync()
    {
        Record(log);
        Assert.True(await log.FlushAsync());
    }

    /// <summary>Eight attempts, one each second: three keys and two models in turn, every second one a failure.</summary>
    private static void Record(CallLogUnderTest log)
    {
        log.Settings.Change(settings => settings with { RecordsRequestBodies = true });
        for (var i = 1; i <= 8; i++)
        {
            log.Time.AdvanceTo(new DateTimeOffset(2026, 1, 15, 20, 0, i, TimeSpan.Zero));
            var result = i % 2 == 1
                ? new AttemptResult(new CallOutcome(CallOutcomeKind.Succeeded) { PromptTokens = i, OutputTokens = null, Latency = TimeSpan.FromMilliseconds(i) })
                : new AttemptResult(new CallOutcome(CallOutcomeKind.KeyRateLimited) { Detail = "429 RESOURCE_EXHAUSTED" })
                {
                    Status = 429, Body = """{"error":{"code":429,"message":"Slow down! 100% used.","status":"RESOURCE_EXHAUSTED"}}"""u8.ToArray(),
                };
            log.Record(result, i % 3, $"gemini-{i % 2}", i, """{"contents":[]}"""u8.ToArray());
        }
    }
}
