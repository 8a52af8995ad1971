using System.Collections.Concurrent;

namespace GeminiBalance.Storage.MySql.Tests;

[Collection(MariaDbSuite.Name)]
public sealed class MySqlCallLogTests(MariaDbFixture server) : IAsyncLifetime
{
    private MySqlDatabase database = null!;
    private MySqlCallLog log = null!;
    private MySqlCallLogReader reader = null!;

    public async Task InitializeAsync()
    {
        if (server.Server is not null)
        {
            database = await server.OpenAsync();
            log = new MySqlCallLog(database);
            reader = new MySqlCallLogReader(database);
        }
    }

    public async Task DisposeAsync() => await (database?.DisposeAsync() ?? ValueTask.CompletedTask);

    [MariaDbFact]
    public async Task Batch_ThatComesAgain_CountsOnce()
    {
        var batch = LogSamples.Batch("w", 7, [LogSamples.Row(1)], [LogSamples.Row(1)], [Count(60)], [Count(0)]);

        Assert.True(await log.WriteAsync(batch, CancellationToken.None));
        Assert.False(await log.WriteAsync(batch, CancellationToken.None));
        Assert.False(await log.WriteAsync(batch with { Number = 6 }, CancellationToken.None));
        Assert.True(await log.WriteAsync(batch with { Number = 8 }, CancellationToken.None));
        Assert.True(await log.WriteAsync(batch with { Writer = "v" }, CancellationToken.None));

        Assert.Equal((3, 3, 3), (await TotalAsync(), (await reader.ListErrorsAsync(Query(), CancellationToken.None)).Total, (await SumAsync(SumGrouping.All)).Single().Calls));
    }

    [MariaDbFact]
    public async Task Batch_ThatFails_LeavesNothing_AndMayComeAgain()
    {
        await database.ExecuteAsync("RENAME TABLE call_hours TO away");
        var batch = LogSamples.Batch("w", 1, [LogSamples.Row(1)], [LogSamples.Row(1)], [Count(60)], [Count(0)]);

        await Assert.ThrowsAsync<MySqlStorageException>(() => log.WriteAsync(batch, CancellationToken.None));
        Assert.Equal(0, await TotalAsync());
        await database.ExecuteAsync("RENAME TABLE away TO call_hours");

        Assert.True(await log.WriteAsync(batch, CancellationToken.None));
        Assert.Equal((1, 1), (await TotalAsync(), (await SumAsync(SumGrouping.All)).Single().Calls));
    }

    [MariaDbFact]
    public async Task Batch_WhileTheServerIsFrozen_FailsInTime_AndIsWrittenOnceAfterwards()
    {
        var batch = LogSamples.Batch("w", 1, [LogSamples.Row(1)], minutes: [Count(60)]);
        server.Server.Freeze();
        try
        {
            await Assert.ThrowsAsync<MySqlStorageException>(() => log.WriteAsync(batch, CancellationToken.None));
        }
        finally
        {
            server.Server.Thaw();
        }

        // Whether the first one got through after all, only the database knows.
        await log.WriteAsync(batch, CancellationToken.None);
        Assert.Equal((1, 1), (await TotalAsync(), (await SumAsync(SumGrouping.All)).Single().Calls));
    }

    [MariaDbFact]
    public async Task ManyWriters_OfTheSameCounters_AddUp()
    {
        const int Writers = 8;
        const int Batches = 12;
        var expected = new ConcurrentDictionary<(string Key, string Model), long>();
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            var random = new Random(writer);
            for (var number = 1; number <= Batches; number++)
            {
                var counts = new List<CountRow>();
                foreach (var key in Enumerable.Range(0, 20).Where(_ => random.Next(2) == 0).Select(key => $"{key:x16}").Prepend(""))
                {
                    foreach (var model in (string[])["gemini-a", "gemini-b"])
                    {
                        var calls = random.Next(1, 100);
                        counts.Add(new CountRow(Minute, key, model, 1, calls, 2 * calls, 3 * calls, 4 * calls));
                        expected.AddOrUpdate((key, model), calls, (_, sum) => sum + calls);
                    }
                }

                Assert.True(await log.WriteAsync(LogSamples.Batch($"w{writer}", number, minutes: counts, hours: counts), CancellationToken.None));
            }
        })));

        var byModel = await SumAsync(SumGrouping.Model);
        Assert.Equal(
            expected.Where(count => count.Key.Key.Length == 0).Select(count => (count.Key.Model, count.Value, 2 * count.Value, 3 * count.Value, 4 * count.Value)).Order(),
            byModel.Select(sum => (sum.Group, sum.Calls, sum.PromptTokens, sum.OutputTokens, sum.LatencyMs)).Order());
        Assert.Equal(byModel.Sum(sum => sum.Calls), (await SumAsync(SumGrouping.All, SumSource.Hours)).Single().Calls);
        Assert.Equal(
            expected.Where(count => count.Key.Key.Length > 0).GroupBy(count => count.Key.Key, (key, counts) => (key, counts.Sum(count => count.Value))).Order(),
            (await SumAsync(SumGrouping.Key)).Select(sum => (sum.Group, sum.Calls)).Order());
    }

    [MariaDbFact]
    public async Task Texts_TooLongForTheirColumns_AreCutAndDoNotBlockTheLog()
    {
        var row = LogSamples.Row(1, model: new string('m', 1000)) with
        {
            ClientId = new string('c', 1000), Detail = new string('d', 1000), Message = new string('é', 100_000), RequestBody = new string('漢', 1_000_000),
        };

        await log.WriteAsync(LogSamples.Batch("w", 1, [row], [row], [Count(60) with { Model = row.Model }]), CancellationToken.None);

        var stored = await reader.FindErrorAsync((await reader.ListErrorsAsync(Query(), CancellationToken.None)).Rows.Single().Id, CancellationToken.None);
        Assert.Equal((200, 100, 400, 4_000, 65_536), (stored!.Model.Length, stored.ClientId.Length, stored.Detail!.Length, stored.Message!.Length, stored.RequestBody!.Length));
    }

    [MariaDbFact]
    public async Task Delete_TakesTheOldestInPieces_AndNothingYounger()
    {
        var rows = Enumerable.Range(0, 25).Select(number => LogSamples.Row(number)).ToList();
        await log.WriteAsync(
            LogSamples.Batch("w", 1, rows, rows, [Count(0, ""), Count(0), Count(60), Count(120)], [Count(0), Count(3600)]), CancellationToken.None);
        var before = LogSamples.Start.AddSeconds(15);

        Assert.Equal(10, await DeleteAsync(LogTable.Requests, before, 10));
        Assert.Equal(5, await DeleteAsync(LogTable.Requests, before, 10));
        Assert.Equal(0, await DeleteAsync(LogTable.Requests, before, 10));
        Assert.Equal(15, await DeleteAsync(LogTable.Errors, before, 100));
        Assert.Equal((10, 10), (await TotalAsync(), (await reader.ListErrorsAsync(Query(), CancellationToken.None)).Total));

        Assert.Equal(1, await DeleteAsync(LogTable.KeyMinutes, LogSamples.Start.AddSeconds(120), 100));
        Assert.Equal(2, await DeleteAsync(LogTable.Minutes, LogSamples.Start.AddSeconds(120), 100));
        Assert.Equal(1, await DeleteAsync(LogTable.Hours, LogSamples.Start.AddSeconds(3600), 100));
        Assert.Equal((1, 1), (await CountAsync("call_minutes"), await CountAsync("call_hours")));
    }

    private static long Minute => LogSamples.Start.ToUnixTimeSeconds();

    private static CountRow Count(int second, string? key = null) => new(Minute + second, key ?? (second == 60 ? "" : "0000000000000001"), "gemini-x", 1, 1, 2, 3, 4);

    private static LogQuery Query() => new() { Limit = 100, CountMax = 1000 };

    private async Task<int> TotalAsync() => (await reader.ListRequestsAsync(Query(), CancellationToken.None)).Total;

    private Task<IReadOnlyList<SumRow>> SumAsync(SumGrouping by, SumSource source = SumSource.Minutes) =>
        reader.SumAsync(new SumQuery(source, LogSamples.Start, by, null, 1, 13, 1000), CancellationToken.None);

    private Task<int> DeleteAsync(LogTable table, DateTimeOffset before, int rowsMax) => log.DeleteAsync(table, before, rowsMax, CancellationToken.None);

    private Task<long> CountAsync(string table) => database.ReadAsync<long>($"SELECT COUNT(*) FROM {table}");
}
