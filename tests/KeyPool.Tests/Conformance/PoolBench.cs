using GeminiBalance.TestKit;

namespace GeminiBalance.KeyPool.Tests.Conformance;

/// <summary>A pool under <see cref="PoolConformance"/>, whatever stands behind it, on a clock that only the test moves.</summary>
public abstract class PoolBench(PoolSetup setup, ManualTimeProvider time) : IAsyncDisposable
{
    public ManualTimeProvider Time { get; } = time;

    public PoolSetup Setup { get; } = setup;

    public IReadOnlyList<ApiKey> Keys { get; } = [.. Enumerable.Range(0, setup.KeyCount).Select(setup.NewKey)];

    public DateTimeOffset Now => Time.GetUtcNow();

    public abstract IKeyPool Pool { get; }

    public abstract int WaiterCount { get; }

    /// <summary>How far times may be off, because every answer takes time on its way.</summary>
    public virtual TimeSpan Slack => TimeSpan.Zero;

    /// <summary>How long until the ledgers take the upstream's midnight to be over.</summary>
    public TimeSpan UntilMidnight => PacificDay.StartOf(PacificDay.Of(Now) + 1) - Now + DayGuard;

    /// <summary><see cref="KeyLedgerOptions.DayGuard"/> of the ledgers.</summary>
    protected virtual TimeSpan DayGuard => KeyLedgerOptions.Default.DayGuard;

    public abstract Task SetLimitsAsync(KeyLimitTable limits);

    public abstract Task AddAsync(ApiKey key);

    public abstract Task<bool> RemoveAsync(KeyId key);

    public abstract Task ChangeProfileAsync(KeyId key, KeyProfile profile);

    public abstract Task DisableAsync(KeyId key);

    public abstract Task EnableAsync(KeyId key);

    public abstract Task<KeyLease?> LeaseForProbeAsync(KeyId key);

    /// <summary>What the key's ledger says of its failures and cool-downs.</summary>
    public abstract Task<(int Failures, bool IsCooling)> ReadAsync(KeyId key);

    public abstract Task StopAsync();

    /// <summary>Begins a call. When the answer does not hang on a token that comes later, it is there already.</summary>
    public async Task<Task<LeaseResult>> BeginAsync(LeaseRequest? request = null, CancellationToken cancellationToken = default)
    {
        var pending = Pool.AcquireAsync(request ?? Samples.Request(), cancellationToken).AsTask();
        await IdleAsync();
        return pending;
    }

    /// <summary>Acquires with an answer at once.</summary>
    public async Task<LeaseResult> AcquireAsync(LeaseRequest? request = null)
    {
        var pending = await BeginAsync(request);
        Assert.True(pending.IsCompletedSuccessfully, "The answer was not given at once.");
        return await pending;
    }

    public async Task<KeyLease> LeaseAsync(LeaseRequest? request = null)
    {
        var result = await AcquireAsync(request);
        Assert.True(result.IsGranted, $"Denied: {result.Denial}");
        return result.Lease;
    }

    public async Task<IReadOnlyList<KeyLease>> LeaseAsync(int times)
    {
        var leases = new List<KeyLease>();
        for (var i = 0; i < times; i++)
        {
            leases.Add(await LeaseAsync());
        }

        return leases;
    }

    public Task SettleAsync(KeyLease lease, CallOutcomeKind kind) => SettleAsync(lease, new CallOutcome(kind));

    public async Task SettleAsync(KeyLease lease, CallOutcome outcome)
    {
        Pool.Settle(lease, outcome);
        await IdleAsync();
    }

    /// <summary>Moves the clock. Everything due on the way happens at its time.</summary>
    public async Task AdvanceAsync(TimeSpan by)
    {
        var target = Now + by;
        while (Time.NextDue is { } due && due <= target)
        {
            Time.AdvanceTo(due);
            await QuietAsync();
        }

        Time.AdvanceTo(target);
        await IdleAsync();
    }

    public void AssertNear(TimeSpan expected, TimeSpan? actual)
    {
        Assert.NotNull(actual);
        Assert.InRange(actual.Value, expected - Slack, expected + Slack);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Ends when nothing happens any more until a token comes back. May move the clock while answers are on their way.</summary>
    protected virtual Task IdleAsync() => QuietAsync();

    /// <summary>Ends when nothing happens any more until the clock moves.</summary>
    protected virtual Task QuietAsync() => Task.CompletedTask;
}
