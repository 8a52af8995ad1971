using System.Diagnostics.Metrics;
using GeminiBalance.Gateway.CallLog;
using GeminiBalance.Gateway.Upstream;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Tests.CallLog;

public sealed class CallLogQueueTests
{
    [Fact]
    public async Task Record_FullQueue_DropsAndCountsTheRow_AndTheStatisticsHaveIt()
    {
        using var log = new CallLogUnderTest(new CallLogOptions { QueueRowsMax = 3 });
        for (var i = 0; i < 5; i++)
        {
            log.Record(CallOutcomeKind.Succeeded, key: i);
        }

        Assert.Equal((3, 2L, 0L), (log.Queue.Count, log.Queue.Dropped, log.Queue.Uncounted));
        await log.FlushAsync();

        Assert.Equal([CallLogUnderTest.Key(0), CallLogUnderTest.Key(1), CallLogUnderTest.Key(2)], log.Store.Attempts.Select(attempt => attempt.KeyId));
        Assert.Equal(5, log.Store.Batches.SelectMany(batch => batch.Minutes).Where(count => count.Cell.KeyId.Length == 0).Sum(count => count.Sums.Calls));
        Assert.Equal(5, log.Store.Batches.SelectMany(batch => batch.Hours).Count(count => count.Cell.KeyId.Length > 0));
    }

    [Fact]
    public async Task Metrics_TellWhatWaitsIsWrittenAndDropped()
    {
        using var log = new CallLogUnderTest(new CallLogOptions { QueueRowsMax = 3 });
        var sums = new Dictionary<string, long>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (log.Owns(instrument.Meter))
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => sums[instrument.Name] = sums.GetValueOrDefault(instrument.Name) + value);
        listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => sums[instrument.Name] = value);
        listener.Start();
        for (var i = 0; i < 5; i++)
        {
            log.Record(CallOutcomeKind.Succeeded);
        }

        listener.RecordObservableInstruments();
        Assert.Equal((3, 2), (sums["geminibalance.call_log.queued"], sums["geminibalance.call_log.dropped"]));
        log.Store.IsAway = true;
        await log.FlushAsync();
        log.Store.IsAway = false;
        await log.FlushAsync();

        listener.RecordObservableInstruments();
        Assert.Equal((0, 3, 1), (sums["geminibalance.call_log.queued"], sums["geminibalance.call_log.written"], sums["geminibalance.call_log.write_failures"]));
    }

    [Fact]
    public void Record_FullQueueAndFullCounters_CountsWhatNobodyCounts()
    {
        using var log = new CallLogUnderTest(new CallLogOptions { QueueRowsMax = 1, CellsMax = 4 });
        for (var i = 0; i < 4; i++)
        {
            log.Record(CallOutcomeKind.Succeeded, key: i);
        }

        Assert.Equal((3L, 2L), (log.Queue.Dropped, log.Queue.Uncounted));
    }

    [Fact]
    public void Record_BodiesBeyondTheBound_AreLeftOutAndTheirRowsStay()
    {
        using var log = new CallLogUnderTest(new CallLogOptions { FaultBytesMax = 250 });
        for (var i = 0; i < 3; i++)
        {
            log.Record(new AttemptResult(new CallOutcome(CallOutcomeKind.RequestRejected) { Detail = "400" }) { Status = 400, Body = new byte[100] });
        }

        Assert.Equal([100, 100, 0], Take(log).Select(row => row.Fault!.Answer.Length));
        log.Record(new AttemptResult(new CallOutcome(CallOutcomeKind.RequestRejected)) { Status = 400, Body = new byte[100] });
        Assert.Equal([100], Take(log).Select(row => row.Fault!.Answer.Length));
    }

    [Theory]
    [InlineData(CallOutcomeKind.NotSent, false, 0)]
    [InlineData(CallOutcomeKind.NotSent, true, 1)]
    [InlineData(CallOutcomeKind.ClientLeft, false, 1)]
    [InlineData(CallOutcomeKind.Succeeded, false, 1)]
    public void Record_LeaseThatRanOutUnsent_IsNoAttempt(CallOutcomeKind kind, bool isUnreachable, int rows)
    {
        using var log = new CallLogUnderTest();

        log.Record(new AttemptResult(new CallOutcome(kind)) { IsUnreachable = isUnreachable });

        Assert.Equal(rows, log.Queue.Count);
    }

    [Fact]
    public void Record_Success_AllocatesNothing()
    {
        using var log = new CallLogUnderTest(new CallLogOptions { QueueRowsMax = 64 });
        var call = new UpstreamCall
        {
            Settings = log.Settings.Current,
            Method = HttpMethod.Post,
            Address = new Uri("http://upstream/v1beta"),
            Model = "gemini-x",
            ClientId = "client-1",
            Face = CallFace.Gemini,
        };
        var key = CallLogUnderTest.Key(1);
        var result = new AttemptResult(new CallOutcome(CallOutcomeKind.Succeeded) { PromptTokens = 1, OutputTokens = 2 });
        var run = () =>
        {
            for (var i = 0; i < 64; i++)
            {
                log.Queue.Record(call, key, 1, result);
            }

            while (log.Queue.TryTake(out _))
            {
            }
        };
        run();
        var before = GC.GetAllocatedBytesForCurrentThread();

        run();

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static List<QueuedAttempt> Take(CallLogUnderTest log)
    {
        var rows = new List<QueuedAttempt>();
        while (log.Queue.TryTake(out var row))
        {
            rows.Add(row);
        }

        return rows;
    }
}
