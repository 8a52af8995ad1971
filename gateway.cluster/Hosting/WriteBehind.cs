using GeminiBalance.Storage.MySql;

namespace GeminiBalance.Gateway.Cluster.Hosting;

/// <summary>
/// Writes rows to the database soon after they came, in batches, and never lets anybody wait for it. While the database is away rows wait; when too many do,
/// the oldest are forgotten.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="bounds">How much waits and goes at a time.</param>
internal abstract class WriteBehind<TRow>(TimeProvider time, WriteBehindBounds bounds) : BackgroundService
{
    /// <summary>The pause after a batch, in which the next one gathers.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>The pause after a batch that could not be written.</summary>
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait for the database, for one batch and for all that is left at the end.</summary>
    private static readonly TimeSpan WriteMax = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private readonly Queue<TRow> waiting = new();
    private readonly SemaphoreSlim arrived = new(0, 1);
    private readonly List<TRow> batch = [];
    private long waitingBytes;
    private bool isFailing;

    protected TimeProvider Time { get; } = time;

    private bool HasRows
    {
        get
        {
            lock (gate)
            {
                return batch.Count + waiting.Count > 0;
            }
        }
    }

    public override void Dispose()
    {
        arrived.Dispose();
        base.Dispose();
    }

    /// <summary>Writes all that waits: what came last is needed by those who go on elsewhere.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        using var bound = new CancellationTokenSource(WriteMax, Time);
        while (ExecuteTask is null or { IsCompleted: true } && HasRows && await TryWriteAsync(bound.Token))
        {
            // What is left of the time is for the next batch.
        }
    }

    /// <summary>Has a row written soon.</summary>
    protected void Add(TRow row)
    {
        lock (gate)
        {
            waiting.Enqueue(row);
            waitingBytes += BytesOf(row);
            while (waiting.Count > bounds.WaitingMax || (waitingBytes > bounds.WaitingBytesMax && waiting.Count > 1))
            {
                waitingBytes -= BytesOf(waiting.Dequeue());
            }

            if (arrived.CurrentCount == 0)
            {
                arrived.Release();
            }
        }
    }

    protected abstract int BytesOf(TRow row);

    /// <exception cref="MySqlStorageException">They could not be written.</exception>
    protected abstract Task WriteAsync(IReadOnlyCollection<TRow> rows, CancellationToken cancellationToken);

    /// <summary>The first failure after a success.</summary>
    protected abstract void TellFailed(string reason);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await arrived.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            while (HasRows && !stoppingToken.IsCancellationRequested)
            {
                // Not ended by the stop, which would lose the batch.
                using var bound = new CancellationTokenSource(WriteMax, Time);
                var isDone = await TryWriteAsync(bound.Token);
                await Task.Delay(isDone ? Pause : PauseAfterFailure, Time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <returns>False when the batch has to be tried again.</returns>
    private async Task<bool> TryWriteAsync(CancellationToken cancellationToken)
    {
        Gather();
        try
        {
            await WriteAsync(batch, cancellationToken);
            batch.Clear();
            isFailing = false;
            return true;
        }
        catch (OperationCanceledException)
        {
            Tell($"no answer within {WriteMax.TotalSeconds} s.");
            return false;
        }
        catch (MySqlStorageException failure)
        {
            Tell(failure.Message);
            if (failure.Failure is MySqlFailure.Unreachable or MySqlFailure.Busy)
            {
                return false;
            }

            // It would be refused for ever, and all others with it.
            batch.Clear();
            return true;
        }
    }

    private void Gather()
    {
        lock (gate)
        {
            var isAgain = batch.Count > 0;

            // A batch that could not be written goes again as it is.
            long bytes = 0;
            while (!isAgain && batch.Count < bounds.BatchMax && bytes < bounds.BatchBytesMax && waiting.TryDequeue(out var row))
            {
                batch.Add(row);
                bytes += BytesOf(row);
                waitingBytes -= BytesOf(row);
            }
        }
    }

    private void Tell(string reason)
    {
        if (!isFailing)
        {
            isFailing = true;
            TellFailed(reason);
        }
    }
}
