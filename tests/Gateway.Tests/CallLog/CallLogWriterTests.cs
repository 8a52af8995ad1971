using System.Text;
using GeminiBalance.Gateway.CallLog;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Upstream;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Tests.CallLog;

public sealed class CallLogWriterTests
{
    private const string ClientToken = "a-token-without-a-shape";

    [Fact]
    public async Task Flush_ManyRows_WritesBoundedBatchesInOrder()
    {
        using var log = new CallLogUnderTest(new CallLogOptions { BatchRowsMax = 4 });
        for (var i = 0; i < 10; i++)
        {
            log.Record(CallOutcomeKind.Succeeded, key: i);
        }

        Assert.True(await log.FlushAsync());

        Assert.Equal([4, 4, 2], log.Store.Batches.Select(batch => batch.Attempts.Count));
        Assert.Equal([1L, 2, 3], log.Store.Batches.Select(batch => batch.Number));
        Assert.Equal(Enumerable.Range(0, 10).Select(CallLogUnderTest.Key), log.Store.Attempts.Select(attempt => attempt.KeyId));
        Assert.Equal(10, log.Writer.Written);
    }

    [Fact]
    public async Task Flush_NothingToWrite_WritesNothing()
    {
        using var log = new CallLogUnderTest();

        Assert.True(await log.FlushAsync());
        Assert.Empty(log.Store.Batches);
    }

    [Fact]
    public async Task Flush_TextThatCannotBeMade_IsLeftOutAndTheRowsAreWritten()
    {
        using var log = new CallLogUnderTest();
        log.Settings.Change(settings => settings with { AllowedTokens = null!, RecordsRequestBodies = true });
        log.Record(new AttemptResult(new CallOutcome(CallOutcomeKind.RequestRejected)), body: "{}"u8.ToArray());
        log.Record(CallOutcomeKind.Succeeded);

        Assert.True(await log.FlushAsync());

        Assert.Equal(2, log.Store.Attempts.Count());
        Assert.Single(log.Logs, line => line.StartsWith("Error 3206", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Flush_StoreAway_KeepsRowsAndCatchesUpWithTheSameBatch()
    {
        using var log = new CallLogUnderTest(new CallLogOptions { QueueRowsMax = 5, BatchRowsMax = 2 });
        log.Store.IsAway = true;
        for (var i = 0; i < 3; i++)
        {
            log.Record(CallOutcomeKind.Succeeded, key: i);
            Assert.False(await log.FlushAsync());
            log.Time.Advance(TimeSpan.FromSeconds(5));
        }

        Assert.NotNull(log.Writer.FailingSince);
        Assert.Equal((3L, 2), (log.Writer.Failures, log.Queue.Count));
        log.Store.IsAway = false;
        Assert.True(await log.FlushAsync());

        Assert.Equal([1L, 1, 1], log.Store.Refused);
        Assert.Equal([1L, 2], log.Store.Batches.Select(batch => batch.Number));
        Assert.Equal(Enumerable.Range(0, 3).Select(CallLogUnderTest.Key), log.Store.Attempts.Select(attempt => attempt.KeyId));
        Assert.Null(log.Writer.FailingSince);
        Assert.Equal(0, log.Queue.Dropped);
        Assert.Single(log.Logs, line => line.Contains("could not be written", StringComparison.Ordinal));
        Assert.Single(log.Logs, line => line.Contains("written again, after 00:00:15", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Flush_StoreAwayForLong_KeepsTheOldestUpToTheBound()
    {
        using var log = new CallLogUnderTest(new CallLogOptions { QueueRowsMax = 3, BatchRowsMax = 2 });
        log.Store.IsAway = true;
        for (var i = 0; i < 100; i++)
        {
            log.Record(CallOutcomeKind.Succeeded, key: i);
            await log.FlushAsync();
        }

        Assert.Equal(96, log.Queue.Dropped); // One in the batch, three in the queue.
        log.Store.IsAway = false;
        await log.FlushAsync();

        Assert.Equal(Enumerable.Range(0, 4).Select(CallLogUnderTest.Key), log.Store.Attempts.Select(attempt => attempt.KeyId));
        Assert.Equal(100, log.Store.Batches.SelectMany(batch => batch.Minutes).Where(count => count.Cell.KeyId.Length == 0).Sum(count => count.Sums.Calls));
    }

    [Fact]
    public async Task Flush_GivenUp_WritesTheSameBatchNextTime()
    {
        using var log = new CallLogUnderTest();
        log.Record(CallOutcomeKind.Succeeded);

        await Assert.ThrowsAsync<OperationCanceledException>(() => log.Writer.FlushAsync(new CancellationToken(canceled: true)).AsTask());
        await log.FlushAsync();

        Assert.Equal([1L], log.Store.Batches.Select(batch => batch.Number));
        Assert.Single(log.Store.Attempts);
    }

    [Fact]
    public async Task Errors_HaveRedactedTexts_AndNoBodyUnlessAskedFor()
    {
        const string Key = "AIzaSyAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA-a1";
        using var log = new CallLogUnderTest();
        log.Settings.Change(settings => settings with { AllowedTokens = [new Secret(ClientToken)] });
        var failure = new AttemptResult(new CallOutcome(CallOutcomeKind.RequestRejected) { Detail = "400 INVALID_ARGUMENT" })
        {
            Status = 400,
            Body = Encoding.UTF8.GetBytes($$$"""{"error":{"code":400,"message":"Bad field, by api_key:{{{Key}}} of project 1234567.","status":"INVALID_ARGUMENT"}}"""),
        };
        var body = Encoding.UTF8.GetBytes($$"""{"contents":"hello {{Key}} {{ClientToken}}"}""");

        log.Record(failure, body: body);
        log.Settings.Change(settings => settings with { RecordsRequestBodies = true });
        log.Record(failure, body: body);
        log.Record(CallOutcomeKind.Succeeded);
        log.Record(CallOutcomeKind.ClientLeft);
        await log.FlushAsync();

        var errors = log.Store.Batches.SelectMany(batch => batch.Errors).ToList();
        Assert.Equal(["400 INVALID_ARGUMENT", "400 INVALID_ARGUMENT"], errors.Select(error => error.Detail));
        Assert.All(errors, error => Assert.Equal("Bad field, by api_key:[redacted] of project [redacted].", error.Message));
        Assert.Equal([null, """{"contents":"hello [redacted] [redacted]"}"""], errors.Select(error => error.RequestBody));
    }

    [Theory]
    [InlineData(-20)]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(Limits.SecretBytesMax - 22)]
    [InlineData(Limits.SecretBytesMax - 3)]
    public async Task Errors_TokenAtTheCut_IsNotLeftInPart(int beyondTheBound)
    {
        using var log = new CallLogUnderTest();
        log.Settings.Change(settings => settings with { RecordsRequestBodies = true, AllowedTokens = [new Secret(ClientToken)] });

        // What is taken out makes the text shorter, so that what was behind the bound comes before it.
        var shrinking = string.Concat(Enumerable.Repeat(ClientToken + " ", 100));
        var text = shrinking.PadRight(Limits.LoggedRequestBytesMax + beyondTheBound, 'x') + ClientToken + new string('y', 2 * Limits.SecretBytesMax);

        log.Record(new AttemptResult(new CallOutcome(CallOutcomeKind.RequestRejected)), body: Encoding.UTF8.GetBytes(text));
        await log.FlushAsync();

        var body = Assert.Single(log.Store.Batches.Single().Errors).RequestBody!;
        Assert.InRange(body.Length, Limits.LoggedRequestBytesMax - (100 * ClientToken.Length), Limits.LoggedRequestBytesMax);
        Assert.DoesNotContain("a-", body, StringComparison.Ordinal);
    }
}
