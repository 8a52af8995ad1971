using GeminiBalance.Grains.Telemetry;
using GeminiBalance.KeyPool;
using Microsoft.Extensions.Logging;

namespace GeminiBalance.Grains.Holding;

/// <summary>Writes changed ledgers behind: after an interval together, urgent ones at once. A ledger whose claim is lost is dropped.</summary>
internal sealed partial class LedgerWriter(
    IClaimStore store, HoldingOptions options, HolderPulse pulse, HolderClock clock, TimeProvider time, HoldingMeter meter, ILogger<LedgerWriter> logger)
{
    private readonly Lock gate = new();
    private readonly Queue<HeldKey> changed = new();
    private TaskCompletionSource hurry = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool isRunning;
    private bool isFailing;

    /// <summary>Ledgers that wait to be written.</summary>
    public int Waiting
    {
        get
        {
            lock (gate)
            {
                return changed.Count;
            }
        }
    }

    /// <summary>The ledger changed. To be called under the key's lock.</summary>
    public void Changed(HeldKey key, bool isUrgent)
    {
        lock (gate)
        {
            if (!key.IsQueued)
            {
                key.IsQueued = true;
                changed.Enqueue(key);
            }

            if (isUrgent)
            {
                hurry.TrySetResult();
            }

            if (isRunning)
            {
                return;
            }

            isRunning = true;
        }

        _ = Task.Run(RunAsync);
    }

    private async Task RunAsync()
    {
        var isMore = false;
        do
        {
            if (!isMore)
            {
                await WaitAsync();
            }

            try
            {
                isMore = pulse.IsDegraded(clock.Read().Now) ? GoOnWithout() : await WriteAsync(Take(isUrgentOnly: false, out var isFull)) && isFull;
            }
#pragma warning disable CA1031 // Writing must never end: nothing would be stored any more, and nobody would know.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                (isMore, isFailing) = (false, true);
                meter.WriteFailed();
                Log.RoundFailed(logger, fault);
            }
        }
        while (!TryEnd());
    }

    private bool TryEnd()
    {
        lock (gate)
        {
            isRunning = changed.Count > 0;
            return !isRunning;
        }
    }

    /// <summary>Waits for an interval, or for something urgent; a store that fails is asked after an interval, however urgent it is.</summary>
    private async Task WaitAsync()
    {
        using var enough = new CancellationTokenSource();
        var interval = Task.Delay(options.WriteInterval, time, enough.Token);
        Task urgent;
        lock (gate)
        {
            urgent = hurry.Task;
        }

        await (isFailing ? interval : Task.WhenAny(interval, urgent));
        await enough.CancelAsync();
    }

    private List<WrittenLedger> Take(bool isUrgentOnly, out bool isFull)
    {
        var keys = new List<HeldKey>();
        lock (gate)
        {
            hurry = hurry.Task.IsCompleted ? new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously) : hurry;
            for (var left = isUrgentOnly ? changed.Count : Math.Min(changed.Count, options.KeysMax); left > 0; left--)
            {
                var key = changed.Dequeue();
                keys.Add(key);
                if (isUrgentOnly)
                {
                    changed.Enqueue(key); // The store still has to get it.
                }
                else
                {
                    key.IsQueued = false;
                }
            }

            isFull = changed.Count > 0;
        }

        return [.. keys.Select(key => TakeOf(key, isUrgentOnly)).OfType<WrittenLedger>()];
    }

    private WrittenLedger? TakeOf(HeldKey key, bool isUrgentOnly)
    {
        try
        {
            return key.Take(isUrgentOnly);
        }
#pragma warning disable CA1031 // One ledger that cannot be taken must not keep the others from the store.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            meter.WriteFailed();
            Log.NotTaken(logger, key.Id, fault);
            return null;
        }
    }

    /// <summary>Nobody reaches the store: what waits for it and may go on without does so. The pulse tells when it is back.</summary>
    /// <returns>Whether there is more to do at once: never.</returns>
    private bool GoOnWithout()
    {
        isFailing = true;
        Take(isUrgentOnly: true, out _).ForEach(taken => taken.Key.NotStored(taken));
        return false;
    }

    /// <returns>Whether the store took them.</returns>
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
            Arrived(batch, lost);
            return true;
        }
#pragma warning disable CA1031 // Whatever the store throws must not end the writing: it is logged, and tried again.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Failed(batch, failure);
            return false;
        }
    }

    private void Arrived(List<WrittenLedger> batch, HashSet<KeyId> lost)
    {
        // What was given back meanwhile nobody has taken.
        var taken = batch.Count(written => lost.Contains(written.Key.Id) && !written.Key.IsOver);
        meter.Wrote(batch.Count - lost.Count, taken);
        foreach (var written in batch)
        {
            if (lost.Contains(written.Key.Id))
            {
                written.Key.NotStored(written);
                if (!written.Key.IsOver)
                {
                    written.Key.Drop();
                }
            }
            else
            {
                written.Key.Stored(written);
            }
        }

        if (taken > 0)
        {
            Log.ClaimsLost(logger, taken);
        }

        if (isFailing)
        {
            isFailing = false;
            Log.WritesAgain(logger, Waiting);
        }
    }

    private void Failed(List<WrittenLedger> batch, Exception failure)
    {
        meter.WriteFailed();
        foreach (var written in batch)
        {
            written.Key.NotStored(written);
        }

        if (!isFailing)
        {
            isFailing = true;
            Log.WriteFailed(logger, batch.Count, failure.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.WriteFailed, LogLevel.Warning, "{Count} ledgers could not be written; they are kept, and tried again until it works: {Reason}")]
        public static partial void WriteFailed(ILogger logger, int count, string reason);

        [LoggerMessage(EventIds.WritesAgain, LogLevel.Information, "Ledgers are written again; {Count} are still to be")]
        public static partial void WritesAgain(ILogger logger, int count);

        [LoggerMessage(EventIds.WriteRoundFailed, LogLevel.Error, "Ledgers could not be written, by a fault of this program; it is tried again. Please report it")]
        public static partial void RoundFailed(ILogger logger, Exception fault);

        [LoggerMessage(EventIds.LedgerNotTaken, LogLevel.Error, "The ledger of key {Key} could not be written, by a fault of this program; it is tried again at its next change. Please report it")]
        public static partial void NotTaken(ILogger logger, KeyId key, Exception fault);

        [LoggerMessage(EventIds.ClaimsLost, LogLevel.Warning, "{Count} claims were taken over by other silos: these keys are no longer granted from here")]
        public static partial void ClaimsLost(ILogger logger, int count);
    }
}
