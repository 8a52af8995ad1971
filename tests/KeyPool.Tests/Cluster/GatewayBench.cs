using GeminiBalance.TestKit;

namespace GeminiBalance.KeyPool.Tests.Cluster;

/// <summary>One gateway's pool over <see cref="ScriptedLedgers"/>, on a manual clock. Nothing runs beside the test.</summary>
internal sealed class GatewayBench
{
    public static readonly TimeSpan SendWithin = TimeSpan.FromMilliseconds(125);
    public static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    public GatewayBench(int keys, KeyLimitTable? limits = null, ClusterKeyPoolOptions? options = null, TimeProvider? clock = null)
    {
        Keys = Samples.NewKeys(keys);
        Pool = new ClusterKeyPool(Ledgers, clock ?? Time, options, limits);
        Pool.ApplyKeys([.. Keys.Select(key => new RosterKey(key, new KeyProfile()))], []);
    }

    public ManualTimeProvider Time { get; } = new();

    public ScriptedLedgers Ledgers { get; } = new();

    public IReadOnlyList<ApiKey> Keys { get; }

    public ClusterKeyPool Pool { get; }

    public Task<LeaseResult> AcquireAsync(LeaseRequest? request = null, CancellationToken cancellationToken = default) =>
        Pool.AcquireAsync(request ?? Samples.Request(), cancellationToken).AsTask();

    /// <summary>Begins a call that the test does not follow.</summary>
    public void Begin(LeaseRequest? request = null) => _ = AcquireAsync(request);

    /// <summary>Begins some calls.</summary>
    public IReadOnlyList<Task<LeaseResult>> Acquire(int times, LeaseRequest? request = null) => [.. Enumerable.Range(0, times).Select(_ => AcquireAsync(request))];

    /// <summary>A call that its ledger grants at once.</summary>
    public KeyLease Lease(LeaseRequest? request = null)
    {
        var pending = AcquireAsync(request);
        Ledgers.Asks[^1].Grant();
        return Result(pending).Lease!;
    }

    /// <summary>The only ask that is open.</summary>
    public ScriptedAsk TheAsk() => Assert.Single(Ledgers.Open);

    public static LeaseResult Result(Task<LeaseResult> task)
    {
        Assert.True(task.IsCompletedSuccessfully, "There is no answer.");
        return task.Result;
    }

    /// <summary>Moves the clock and counts how often something happened on the way: a pool that waits should sleep.</summary>
    public int Advance(TimeSpan by)
    {
        var target = Time.GetUtcNow() + by;
        var times = 0;
        while (Time.NextDue is { } due && due <= target)
        {
            Time.AdvanceTo(due);
            times++;
        }

        Time.AdvanceTo(target);
        return times;
    }
}
