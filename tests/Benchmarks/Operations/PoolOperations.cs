using GeminiBalance.KeyPool;

namespace GeminiBalance.Benchmarks.Operations;

/// <summary>Choosing a key and settling the call, on the pool of one process.</summary>
internal static class PoolOperations
{
    private const int RequestsPerMinute = 4;
    private const double Load = 0.8;

    private static readonly LeaseRequest Request = new() { Model = "gemini-2.5-flash", EstimatedTokens = 100, ClientId = "client-0" };

    public static IEnumerable<HotOperation> All =>
    [
        new("acquire and settle, 2 keys", () => AcquireAndSettle(2)),
        new("acquire and settle, 1,000 keys", () => AcquireAndSettle(1_000)),
        new("acquire and settle, 100,000 keys", () => AcquireAndSettle(100_000)),
        new("refuse when 1,000 keys are spent", RefuseWhenSpent),
    ];

    /// <summary>Keys at 80 % of their limit, so that windows fill, empty and sometimes deny.</summary>
    private static Action AcquireAndSettle(int keys)
    {
        var clock = new SteppingTime(TimeSpan.FromMinutes(1) / (Load * RequestsPerMinute * keys));
        var pool = Open(keys, clock);

        // A key's first calls make room for its window; what is measured is a pool that has run for a while.
        for (var i = 0; i < 2 * keys; i++)
        {
            Run();
        }

        return Run;

        void Run()
        {
            clock.Step();
            var result = Acquire(pool);
            pool.Settle(result.Lease!, new CallOutcome(CallOutcomeKind.Succeeded) { SentAt = result.Lease!.GrantedAt, PromptTokens = 97, OutputTokens = 244 });
        }
    }

    private static Action RefuseWhenSpent()
    {
        var pool = Open(1_000, new SteppingTime(TimeSpan.Zero));
        while (Acquire(pool).IsGranted)
        {
        }

        return () => Acquire(pool);
    }

    private static LeaseResult Acquire(LocalKeyPool pool)
    {
        var acquired = pool.AcquireAsync(Request, CancellationToken.None);
        return acquired.IsCompletedSuccessfully ? acquired.Result : throw new InvalidOperationException("A call that may not wait must be answered at once.");
    }

    private static LocalKeyPool Open(int keys, TimeProvider clock)
    {
        var pool = new LocalKeyPool(
            new NoStore(keys),
            clock,
            LocalKeyPoolOptions.Default with { GrantsWithoutStore = true },
            KeyLimitTable.Unlimited with { Default = new KeyLimits(RequestsPerMinute, 0, 0) });
        pool.StartAsync(CancellationToken.None).GetAwaiter().GetResult();
        return pool;
    }

    /// <summary>Time that passes by the operation, not by the clock. Timers run in real time.</summary>
    private sealed class SteppingTime(TimeSpan step) : TimeProvider
    {
        private DateTimeOffset now = new(2026, 8, 1, 12, 0, 0, TimeSpan.Zero);

        public void Step() => now += step;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => now;

        public override long GetTimestamp() => now.UtcTicks;
    }

    private sealed class NoStore(int keys) : IKeyLedgerStore
    {
        public ValueTask<StoredPool> OpenAsync(DateTimeOffset validUntil, CancellationToken cancellationToken) =>
            new(new StoredPool([.. Enumerable.Range(0, keys).Select(i => new StoredKey(new ApiKey($"AIzaBenchmark{i:D26}"), new KeyProfile(), null))], null));

        public ValueTask SaveAsync(PoolCheckpoint checkpoint, CancellationToken cancellationToken) => default;

        public ValueTask CloseAsync(PoolCheckpoint checkpoint, CancellationToken cancellationToken) => default;

        public ValueTask<IReadOnlyList<StoredKey>> AddKeysAsync(IReadOnlyCollection<StoredKey> keys, CancellationToken cancellationToken) => new([.. keys]);

        public ValueTask RemoveKeyAsync(KeyId id, CancellationToken cancellationToken) => default;
    }
}
