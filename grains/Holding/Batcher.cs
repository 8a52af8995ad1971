using System.Threading.Channels;

namespace GeminiBalance.Grains.Holding;

/// <summary>Gathers single requests into batches: one batch at a time, so that the next one grows while the store is at work.</summary>
/// <param name="run">Carries out a batch; its results are in the order of the items.</param>
/// <param name="itemsMax">Items in one batch.</param>
/// <param name="gatherFor">How long the first item of a batch waits for more.</param>
/// <param name="answerWithin">How long a batch may take.</param>
/// <param name="time">Measures both.</param>
internal sealed class Batcher<TItem, TResult>(
    Func<IReadOnlyList<TItem>, CancellationToken, ValueTask<IReadOnlyList<TResult>>> run, int itemsMax, TimeSpan gatherFor, TimeSpan answerWithin, TimeProvider time)
{
    private readonly Channel<Entry> entries = Channel.CreateUnbounded<Entry>(new UnboundedChannelOptions { SingleReader = true });
    private Entry? next;
    private int isRunning;

    public Task<TResult> AddAsync(TItem item)
    {
        var entry = new Entry(item, new TaskCompletionSource<TResult>(TaskCreationOptions.RunContinuationsAsynchronously));
        entries.Writer.TryWrite(entry);
        if (Interlocked.Exchange(ref isRunning, 1) == 0)
        {
            // Apart from the grain's own scheduler, which must not be kept busy with other grains' items.
            _ = Task.Run(RunAsync);
        }

        return entry.Answer.Task;
    }

    private async Task RunAsync()
    {
        while (true)
        {
            if (gatherFor > TimeSpan.Zero)
            {
                await Task.Delay(gatherFor, time);
            }

            var batch = Gather();
            if (batch.Count > 0)
            {
                await RunAsync(batch);
                continue;
            }

            // Whoever adds after the exchange starts a run of his own; whoever added just before it is seen here.
            Interlocked.Exchange(ref isRunning, 0);
            if (entries.Reader.Count == 0 || Interlocked.Exchange(ref isRunning, 1) == 1)
            {
                return;
            }
        }
    }

    /// <summary>An item that is in the batch already begins the next one: a claim of its own is a term of its own.</summary>
    private List<Entry> Gather()
    {
        var batch = new List<Entry>();
        var items = new HashSet<TItem>();
        while (batch.Count < itemsMax && (next is not null || entries.Reader.TryRead(out next)))
        {
            if (!items.Add(next.Item))
            {
                break;
            }

            batch.Add(next);
            next = null;
        }

        return batch;
    }

    private async Task RunAsync(List<Entry> batch)
    {
        using var timeOut = new CancellationTokenSource(answerWithin, time);
        try
        {
            var results = await run([.. batch.Select(entry => entry.Item)], timeOut.Token).AsTask().WaitAsync(timeOut.Token);
            for (var i = 0; i < batch.Count; i++)
            {
                batch[i].Answer.SetResult(results[i]);
            }
        }
#pragma warning disable CA1031 // Every failure belongs to those who wait for the batch.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            foreach (var entry in batch)
            {
                entry.Answer.TrySetException(failure);
            }
        }
    }

    private sealed record Entry(TItem Item, TaskCompletionSource<TResult> Answer);
}
