using GeminiBalance.Grains.Telemetry;
using GeminiBalance.KeyPool;
using Microsoft.Extensions.Logging;

namespace GeminiBalance.Grains.Holding;

/// <summary>Writes changed ledgers behind: after an interval together, urgent ones at once. A ledger whose claim is lost is dropped.</summary>
internal sealed partial class LedgerWriter(IClaimStore store, HoldingOptions options, SiloClock clock, TimeProvider time, HoldingMeter meter, ILogger<LedgerWriter> logger)
{
    private readonly Lock gate = new();
    private readonly Queue<HeldKey> changed = new();
    private readonly TimeSpan retryAfter = options.WriteInterval;
    private TaskCompletionSource? hurry;
    private bool isRunning;

    /// <summary>The ledger changed. To be called under the key's lock.</summary>
    public void Changed(HeldKey key)
    {
        var isUrgent = key.Holder.IsUrgent;
        lock (gate)
        {
            if (!key.IsQueued)
            {
                key.IsQueued = true;
                changed.Enqueue(key);
            }

            if (isUrgent)
            {
                hurry?.TrySetResult();
            }

            if (isRunning)
            {
                return;
            }

            isRunning = true;
            hurry = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (isUrgent)
            {
                hurry.TrySetResult();
            }
        }

        _ = Task.Run(RunAsync);
    }

    private async Task RunAsync()
    {
        var isFailing = false;
        while (true)
        {
            await WaitAsync(isFailing);
            isFailing = !await WriteAsync(Take());
            lock (gate)
            {
                if (changed.Count == 0)
                {
                    (isRunning, hurry) = (false, null);
                    return;
                }

                if (hurry!.Task.IsCompleted)
                {
                    hurry = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                }
            }
        }
    }

    private async Task WaitAsync(bool isFailing)
    {
        using var enough = new CancellationTokenSource();
        var interval = Task.Delay(isFailing ? retryAfter : options.WriteInterval, time, enough.Token);
        await (isFailing ? interval : Task.WhenAny(interval, hurry!.Task));
        await enough.CancelAsync();
    }

    private List<WrittenLedger> Take()
    {
        var batch = new List<HeldKey>();
        lock (gate)
        {
            while (batch.Count < options.KeysMax && changed.TryDequeue(out var key))
            {
                batch.Add(key);
            }
        }

        var now = clock.Now;
        var ledgers = new List<WrittenLedger>(batch.Count);
        foreach (var key in batch)
        {
            lock (key.Gate)
            {
                lock (gate)
                {
                    key.IsQueued = false;
                }

                if (!key.IsOver)
                {
                    ledgers.Add(new WrittenLedger(key, new HeldLedger(key.Id, key.Holder.Term, key.Holder.TakeSnapshot(now, withWindows: false)), key.TakeWaiters()));
                }
            }
        }

        return ledgers;
    }

    private async Task<bool> WriteAsync(List<WrittenLedger> batch)
    {
        if (batch.Count == 0)
        {
            return true;
        }

        try
        {
            using var timeOut = new CancellationTokenSource(options.AnswerWithin, time);
            var lost = (await store.SaveAsync(options.Holder, [.. batch.Select(written => written.Ledger)], timeOut.Token).AsTask().WaitAsync(timeOut.Token)).ToHashSet();
            foreach (var written in batch)
            {
                written.Arrived(isLost: lost.Contains(written.Key.Id));
            }

            meter.Wrote(batch.Count, lost.Count);
            return true;
        }
#pragma warning disable CA1031 // Whatever the store throws must not end the writing: it is logged, and tried again.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Log.WriteFailed(logger, batch.Count, failure.Message);
            meter.WriteFailed();
            foreach (var written in batch)
            {
                written.Failed(clock.Now);
                lock (written.Key.Gate)
                {
                    Changed(written.Key);
                }
            }

            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.WriteFailed, LogLevel.Warning, "{Count} ledgers could not be written and are kept: {Reason}")]
        public static partial void WriteFailed(ILogger logger, int count, string reason);
    }
}
