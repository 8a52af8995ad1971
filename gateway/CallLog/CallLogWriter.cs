using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Telemetry;

namespace GeminiBalance.Gateway.CallLog;

/// <summary>Takes rows from the queue to the store, in batches. While the store is away, a batch and the queue behind it wait. One caller at a time.</summary>
internal sealed partial class CallLogWriter(
    CallLogQueue queue,
    ICallLogStore store,
    ISettingsSource settings,
    CallLogOptions options,
    CallLogMetrics metrics,
    WriterName name,
    TimeProvider time,
    ILogger<CallLogWriter> logger)
{
    private CallLogBatch? pending;
    private long number;
    private long written;
    private long failures;
    private volatile FailedWrite? failed;

    /// <summary>Rows written since the start.</summary>
    public long Written => Volatile.Read(ref written);

    /// <summary>Writes that failed since the start.</summary>
    public long Failures => Volatile.Read(ref failures);

    /// <summary>Since when the store is away; null while it is there.</summary>
    public DateTimeOffset? FailingSince => failed?.Since;

    /// <summary>Writes what waits.</summary>
    /// <returns>False when the store refused: what waits goes on waiting.</returns>
    /// <exception cref="OperationCanceledException">The caller gave up; what was being written is written again by the next call.</exception>
    public async ValueTask<bool> FlushAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var isRepeated = pending is not null;
            CallLogBatch batch;
            try
            {
                pending ??= NextBatch();
                if (pending is null)
                {
                    return true;
                }

                batch = pending;
                await store.WriteAsync(batch, cancellationToken);
            }
#pragma warning disable CA1031 // Whatever is thrown, calls go on; it is shown, counted and tried again.
            catch (Exception failure) when (failure is not OperationCanceledException)
#pragma warning restore CA1031
            {
                Failed(failure);
                return false;
            }

            Succeeded(batch);
            if (!isRepeated && batch.Attempts.Count < options.BatchRowsMax)
            {
                return true; // What has come meanwhile makes a fuller batch later.
            }
        }
    }

    /// <summary>Tells of the rows that nobody will write any more.</summary>
    public void Abandon()
    {
        var lost = (pending?.Attempts.Count ?? 0) + queue.Count;
        if (lost > 0)
        {
            metrics.Dropped(lost);
            Log.Abandoned(logger, lost);
        }
    }

    private CallLogBatch? NextBatch()
    {
        var tally = queue.TakeOverflow();
        var attempts = new List<LoggedAttempt>();
        var errors = new List<LoggedError>();
        var current = settings.Current;
        while (attempts.Count < options.BatchRowsMax && queue.TryTake(out var row))
        {
            attempts.Add(row.Attempt);
            tally.Add(row.Attempt);
            if (row.Fault is { } fault)
            {
                errors.Add(TextOf(row.Attempt, fault, current));
            }
        }

        return tally.CellCount == 0 ? null : new CallLogBatch(name.Value, ++number, attempts, errors, tally.Minutes, tally.Hours);
    }

    private LoggedError TextOf(in LoggedAttempt attempt, AttemptFault fault, GatewaySettings current)
    {
        try
        {
            return FaultText.Of(attempt, fault, current);
        }
#pragma warning disable CA1031 // One text that nobody can make must not keep all rows from the log.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Log.TextFailed(logger, failure);
            return new LoggedError(attempt, fault.Detail, null, null);
        }
    }

    private void Succeeded(CallLogBatch batch)
    {
        pending = null;
        Interlocked.Add(ref written, batch.Attempts.Count);
        metrics.Written(batch.Attempts.Count);
        if (failed is { } outage)
        {
            failed = null;
            Log.WrittenAgain(logger, time.GetUtcNow() - outage.Since);
        }
    }

    private void Failed(Exception failure)
    {
        Interlocked.Increment(ref failures);
        metrics.WriteFailed();
        if (failed is null)
        {
            failed = new FailedWrite(time.GetUtcNow());
            Log.WriteFailed(logger, failure, options.QueueRowsMax);
        }
    }

    private sealed record FailedWrite(DateTimeOffset Since);

    private static partial class Log
    {
        [LoggerMessage(EventIds.CallLogWriteFailed, LogLevel.Error,
            "The call log could not be written. Up to {RowsMax} rows are kept and written later; check the database. This is not told again until it can be written")]
        public static partial void WriteFailed(ILogger logger, Exception failure, int rowsMax);

        [LoggerMessage(EventIds.CallLogTextFailed, LogLevel.Error, "What a failed attempt was about could not be made readable; its row is logged without. Please report it")]
        public static partial void TextFailed(ILogger logger, Exception failure);

        [LoggerMessage(EventIds.CallLogWritten, LogLevel.Information, "The call log is written again, after {Outage}")]
        public static partial void WrittenAgain(ILogger logger, TimeSpan outage);

        [LoggerMessage(EventIds.CallLogAbandoned, LogLevel.Warning, "{Rows} rows of the call log could not be written before the end of the process, and are lost")]
        public static partial void Abandoned(ILogger logger, int rows);
    }
}
