using System.Globalization;
using GeminiBalance.TestKit;

namespace GeminiBalance.KeyPool.Tests.Simulation;

/// <summary>
/// A seeded run of whole pools: keys, models, clients, waiting, every outcome, a store that fails at times, kills and clean restarts.
/// A killed pool lives on beside its successor, as a stalled process would, but what it grants from then on is not sent.
/// </summary>
internal sealed class PoolRun
{
    private static readonly string[] Models = ["flash", "pro", "lite"];
    private readonly Random random;
    private readonly int seed;
    private readonly ManualTimeProvider time;
    private readonly IReadOnlyList<ApiKey> keys;
    private readonly KeyLimitTable limits;
    private readonly LocalKeyPoolOptions options = new() { WaitersMax = 8 };
    private readonly Dictionary<(KeyId, string), UpstreamBook> books = [];
    private readonly List<(Task<LeaseResult> Task, DateTimeOffset Deadline, CancellationTokenSource Source)> waiting = [];
    private readonly List<(KeyLease Lease, UpstreamBook.Call Call)> open = [];
    private InMemoryLedgerStore store;
    private LocalKeyPool pool;

    public PoolRun(int seed)
    {
        (this.seed, random) = (seed, new Random(seed));
        DateTimeOffset[] starts = [new(2026, 1, 15, 20, 0, 0, TimeSpan.Zero), new(2026, 1, 16, 7, 58, 0, TimeSpan.Zero), new(2026, 11, 1, 6, 58, 0, TimeSpan.Zero)];
        time = new ManualTimeProvider(starts[random.Next(starts.Length)]);
        keys = [.. Enumerable.Range(0, random.Next(1, 6)).Select(Samples.NewKey)];
        limits = new KeyLimitTable(
            new KeyLimits(random.Next(1, 6), 0, 0),
            new Dictionary<string, LimitRule> { ["pro"] = new(null, 500), ["l*"] = new(random.Next(0, 80), null, random.Next(1, 120)) },
            new Dictionary<string, LimitRule>());
        store = new InMemoryLedgerStore().With(keys);
        pool = NewPool();
    }

    public int Granted { get; private set; }

    public async Task RunAsync(int steps)
    {
        await pool.StartAsync(CancellationToken.None);
        for (var step = 0; step < steps; step++)
        {
            MoveTime();
            await ActAsync();
            Collect();
        }

        foreach (var ((key, model), book) in books)
        {
            var ofModel = limits.Resolve(keys.First(known => known.Id == key), model);
            Assert.True(book.FindViolation(ofModel) is null, $"{model}: {book.FindViolation(ofModel)} under {ofModel} (seed {seed})");
        }
    }

    private async Task ActAsync()
    {
        switch (random.Next(40))
        {
            case 0:
                await RestartAsync(isClean: random.Next(2) == 0);
                break;
            case 1:
                store.Failure = store.Failure is null ? new IOException("The disk is full.") : null;
                break;
            case 2:
                pool.Limits = limits with { Default = limits.Default };
                break;
            case 3:
                await pool.EnableAsync(keys[random.Next(keys.Count)].Id, CancellationToken.None);
                break;
            case 4 when waiting.Count > 0:
                await waiting[random.Next(waiting.Count)].Source.CancelAsync();
                break;
            case < 16 when open.Count > 0:
                Settle();
                break;
            default:
                Acquire();
                break;
        }
    }

    private void MoveTime()
    {
        var due = time.NextDue;
        switch (random.Next(8))
        {
            case 0 or 1 when due is not null:
                time.AdvanceTo(due.Value + TimeSpan.FromTicks(random.Next(-1, 2)));
                break;
            case 2:
                time.Advance(TimeSpan.FromMilliseconds(random.Next(1, 300)));
                break;
            case 3:
                time.Advance(TimeSpan.FromMilliseconds(random.Next(1, 15_000)));
                break;
            case 4 when random.Next(6) == 0:
                time.Advance(TimeSpan.FromSeconds(60.25) + TimeSpan.FromTicks(random.Next(-1, 3)));
                break;
            default:
                time.Advance(TimeSpan.Zero);
                break;
        }
    }

    private void Acquire()
    {
        var maxWait = random.Next(3) == 0 ? TimeSpan.Zero : TimeSpan.FromMilliseconds(random.Next(1, 30_000));
        var request = new LeaseRequest
        {
            Model = Models[random.Next(Models.Length)],
            EstimatedTokens = random.Next(1, 200),
            MaxWait = maxWait,
            ClientId = random.Next(3).ToString(CultureInfo.InvariantCulture),
            Affinity = random.Next(3) == 0 ? (ulong)random.Next(4) : null,
            Pinned = random.Next(8) == 0 ? keys[random.Next(keys.Count)].Id : null,
            Excluded = random.Next(5) == 0 ? [keys[random.Next(keys.Count)].Id] : [],
        };
        var source = new CancellationTokenSource();
        waiting.Add((pool.AcquireAsync(request, source.Token).AsTask(), time.GetUtcNow() + maxWait, source));
    }

    private void Settle()
    {
        var index = random.Next(open.Count);
        var (lease, call) = open[index];
        open.RemoveAt(index);
        var kind = (CallOutcomeKind)random.Next(1, 14);
        if (kind is CallOutcomeKind.KeyRejected or CallOutcomeKind.KeySuspended or CallOutcomeKind.ModelNotAvailable && random.Next(3) > 0)
        {
            kind = CallOutcomeKind.Succeeded;
        }

        long? tokens = kind == CallOutcomeKind.Succeeded && random.Next(2) == 0 ? random.NextInt64(0, lease.EstimatedTokens + 1) : null;
        pool.Settle(lease, new CallOutcome(kind) { PromptTokens = tokens, RetryDelay = random.Next(2) == 0 ? TimeSpan.FromSeconds(random.Next(1, 40)) : null });
        if (kind == CallOutcomeKind.NotSent)
        {
            books[(lease.Key.Id, lease.Model)].Remove(call);
        }

        call.Tokens = tokens ?? call.Tokens;
    }

    private void Collect()
    {
        foreach (var entry in waiting.Where(entry => entry.Task.IsCompleted).ToList())
        {
            waiting.Remove(entry);
            entry.Source.Dispose();
            if (!entry.Task.IsCanceled && entry.Task.GetAwaiter().GetResult() is { IsGranted: true } result)
            {
                var lease = result.Lease;
                Assert.True(lease.GrantedAt <= entry.Deadline, $"Granted after the deadline (seed {seed})");
                Granted++;
                if (!books.TryGetValue((lease.Key.Id, lease.Model), out var book))
                {
                    books.Add((lease.Key.Id, lease.Model), book = new UpstreamBook(options.Ledger.Guard, options.Ledger.DayGuard));
                }

                open.Add((lease, book.Add(lease.GrantedAt, lease.EstimatedTokens)));
            }
        }

        // Whoever waits has time left: a deadline never passes in silence.
        Assert.All(waiting, entry => Assert.True(entry.Deadline > time.GetUtcNow(), $"A call waits past its deadline (seed {seed})"));
        Assert.Equal(waiting.Count, pool.WaiterCount);
    }

    private async Task RestartAsync(bool isClean)
    {
        store.Failure = null;
        if (isClean)
        {
            await pool.StopAsync(CancellationToken.None);
        }

        Collect();
        waiting.Clear();
        open.Clear();
        store = store.Copy();
        if (random.Next(2) == 0)
        {
            time.Advance(TimeSpan.FromMilliseconds(random.Next(1, 70_000)));
        }

        pool = NewPool();
        await pool.StartAsync(CancellationToken.None);
    }

    private LocalKeyPool NewPool() => new(store, time, options, limits);
}
