using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Tests.Hosts;

/// <summary>A pool without quotas that hands out its keys in turn and remembers how each lease was settled.</summary>
internal sealed class RecordingKeyPool(TimeProvider time, params string[] keys) : IKeyPool
{
    private readonly Lock gate = new();
    private readonly List<LeaseRequest> requests = [];
    private readonly List<(KeyLease Lease, CallOutcome Outcome)> settled = [];
    private readonly List<TaskCompletionSource> waiters = [];
    private int next;

    public IReadOnlyList<ApiKey> Keys { get; } = [.. keys.Select(key => new ApiKey(key))];

    /// <summary>How long a lease may wait unsent.</summary>
    public TimeSpan Guard { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Answers a request before any key is looked for; null goes on.</summary>
    public Func<LeaseRequest, LeaseResult?> Deny { get; set; } = _ => null;

    public IReadOnlyList<LeaseRequest> Requests
    {
        get
        {
            lock (gate)
            {
                return [.. requests];
            }
        }
    }

    public IReadOnlyList<(KeyLease Lease, CallOutcome Outcome)> Settled
    {
        get
        {
            lock (gate)
            {
                return [.. settled];
            }
        }
    }

    public IEnumerable<CallOutcomeKind> Kinds => Settled.Select(entry => entry.Outcome.Kind);

    public ValueTask<LeaseResult> AcquireAsync(LeaseRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
        {
            requests.Add(request with { Excluded = [.. request.Excluded] });
            return new(Deny(request) ?? Choose(request));
        }
    }

    public void Settle(KeyLease lease, in CallOutcome outcome)
    {
        lock (gate)
        {
            settled.Add((lease, outcome));
            foreach (var waiter in waiters)
            {
                waiter.TrySetResult();
            }

            waiters.Clear();
        }
    }

    /// <summary>Waits until a number of leases has been settled.</summary>
    public async Task WhenSettledAsync(int count)
    {
        while (true)
        {
            var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            lock (gate)
            {
                if (settled.Count >= count)
                {
                    return;
                }

                waiters.Add(waiter);
            }

            await waiter.Task.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System);
        }
    }

    private LeaseResult Choose(LeaseRequest request)
    {
        if (Keys.Count == 0)
        {
            return LeaseResult.Denied(LeaseDenialReason.NoKeys);
        }

        for (var i = 0; i < Keys.Count; i++)
        {
            var key = Keys[(next + i) % Keys.Count];
            if (!request.Excluded.Contains(key.Id) && (request.Pinned ?? key.Id) == key.Id)
            {
                next = (next + i + 1) % Keys.Count;
                var now = time.GetUtcNow();
                return LeaseResult.Granted(new KeyLease(key, request.Model, now, now + Guard, request.EstimatedTokens));
            }
        }

        return LeaseResult.Denied(LeaseDenialReason.AllTried);
    }
}
