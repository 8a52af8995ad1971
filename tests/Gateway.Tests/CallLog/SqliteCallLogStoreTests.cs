using Dapper;
using GeminiBalance.Gateway.CallLog;
using GeminiBalance.Gateway.Storage;
using GeminiBalance.Gateway.Tests.Hosts;
using GeminiBalance.Gateway.Tests.Storage;
using GeminiBalance.KeyPool;
using GeminiBalance.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace GeminiBalance.Gateway.Tests.CallLog;

public sealed class SqliteCallLogStoreTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly OpenStorage storage;
    private readonly SqliteCallLogStore store;

    public SqliteCallLogStoreTests()
    {
        storage = new OpenStorage(folder.Path);
        store = new SqliteCallLogStore(storage.Database);
    }

    public void Dispose()
    {
        storage.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task Write_ThatFails_LeavesNothing_AndComesAgain()
    {
        using var log = new CallLogUnderTest(store: store);
        await ExecuteAsync("ALTER TABLE call_hours RENAME TO away");
        log.Record(CallOutcomeKind.Succeeded);
        log.Record(CallOutcomeKind.KeyRateLimited);

        Assert.False(await log.FlushAsync());
        Assert.Equal(0, await CountAsync("request_log"));
        await ExecuteAsync("ALTER TABLE away RENAME TO call_hours");
        Assert.True(await log.FlushAsync());

        Assert.Equal((2L, 1L, 4L, 4L), (await CountAsync("request_log"), await CountAsync("error_log"), await CountAsync("call_minutes"), await CountAsync("call_hours")));
    }

    [Fact]
    public async Task Retention_DeletesWhatIsOld_InChunks_AndOnlyWhatTheSettingsSay()
    {
        var clock = new ManualTimeProvider();
        var settings = new TestSettings(new Gateway.Settings.GatewaySettings());
        using var retention = new CallLogRetention(store, settings, clock, NullLogger<CallLogRetention>.Instance);
        await WriteAsync(clock.GetUtcNow(), Limits.CallLogDeletionRowsMax + 1);
        clock.Advance(TimeSpan.FromDays(7) + TimeSpan.FromMilliseconds(1));
        await WriteAsync(clock.GetUtcNow(), 3);

        Assert.Equal(Limits.CallLogDeletionRowsMax + 1, await retention.DeleteAsync(CancellationToken.None));
        Assert.Equal((3L, Limits.CallLogDeletionRowsMax + 4L), (await CountAsync("error_log"), await CountAsync("request_log")));
        Assert.Equal((2L, 4L), (await CountAsync("call_minutes"), await CountAsync("call_hours")));

        settings.Change(now => now with { DeletesErrorLogs = false, DeletesRequestLogs = true });
        clock.Advance(TimeSpan.FromDays(23));
        Assert.Equal(Limits.CallLogDeletionRowsMax + 1, await retention.DeleteAsync(CancellationToken.None));
        Assert.Equal((3L, 3L), (await CountAsync("error_log"), await CountAsync("request_log")));

        clock.Advance(Limits.HourCountAge);
        await retention.DeleteAsync(CancellationToken.None);
        Assert.Equal((0L, 0L), (await CountAsync("call_minutes"), await CountAsync("call_hours")));
    }

    private async Task WriteAsync(DateTimeOffset at, int rows)
    {
        var attempt = new LoggedAttempt
        {
            Time = at, KeyId = CallLogUnderTest.Key(1), Model = "gemini-x", Face = CallFace.Gemini, ClientId = "c", Number = 1, IsStream = false,
            Outcome = CallOutcomeKind.UpstreamTimedOut,
        };
        var tally = new CallTally();
        tally.Add(attempt);
        var attempts = Enumerable.Repeat(attempt, rows).ToList();
        await store.WriteAsync(
            new CallLogBatch("w", 1, attempts, [.. attempts.Select(row => new LoggedError(row, null, null, null))], tally.Minutes, tally.Hours), CancellationToken.None);
    }

    private async Task<long> CountAsync(string table) => await storage.Database.InTransactionAsync(
        isDurable: false, (connection, transaction) => connection.ExecuteScalar<long>($"SELECT count(*) FROM {table}", transaction: transaction), CancellationToken.None);

    private async Task ExecuteAsync(string sql) => await storage.Database.InTransactionAsync(
        isDurable: false, (connection, transaction) => connection.Execute(sql, transaction: transaction), CancellationToken.None);
}
