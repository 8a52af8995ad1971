using System.Globalization;

namespace GeminiBalance.FakeGemini;

/// <summary>What has happened since the start or the last reset. Reads are consistent per member.</summary>
public sealed class FakeStats
{
    private const int MinutesMax = 24 * 60;
    private readonly TimeProvider time;
    private readonly Lock gate = new();
    private readonly SortedDictionary<long, long> servedByMinute = [];
    private readonly List<(Func<bool> Condition, TaskCompletionSource Reached)> waiters = [];
    private readonly long[] statuses = new long[1000];
    private long requests;
    private long violations;
    private long requestViolations;
    private long tokenViolations;
    private long dayViolations;
    private long aborted;
    private long lastAbortTicks;
    private long inputTokens;
    private long outputTokens;
    private int inFlight;
    private int maxInFlight;
    private volatile bool hasWaiters;

    internal FakeStats(TimeProvider time) => this.time = time;

    /// <summary>Requests that arrived, refused ones included; without those under <c>/__</c>.</summary>
    public long TotalRequests => Interlocked.Read(ref requests);

    /// <summary>Requests over at least one limit.</summary>
    public long Violations => Interlocked.Read(ref violations);

    public long RequestsPerMinuteViolations => Interlocked.Read(ref requestViolations);

    public long TokensPerMinuteViolations => Interlocked.Read(ref tokenViolations);

    public long RequestsPerDayViolations => Interlocked.Read(ref dayViolations);

    /// <summary>Answers with status 429, of whatever cause.</summary>
    public long RateLimited => Answered(429);

    /// <summary>Calls with a 200 that ran to their end.</summary>
    public long Served => Answered(200);

    /// <summary>Calls during which the client closed the connection.</summary>
    public long AbortedByClient => Interlocked.Read(ref aborted);

    /// <summary>When the fake last noticed a client leaving; null when none did.</summary>
    public DateTimeOffset? LastAbortAt => Interlocked.Read(ref lastAbortTicks) is var ticks and > 0 ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    /// <summary>Signatures of the calls in requests that were answered.</summary>
    public SignatureCounts Signatures { get; } = new();

    public long InputTokens => Interlocked.Read(ref inputTokens);

    public long OutputTokens => Interlocked.Read(ref outputTokens);

    public int InFlight => Volatile.Read(ref inFlight);

    public int MaxInFlight => Volatile.Read(ref maxInFlight);

    /// <summary>Calls ended with a 200, by the UTC minute of their end, oldest first; at most a day of them.</summary>
    public IReadOnlyList<(DateTimeOffset Minute, long Served)> ServedByMinute
    {
        get
        {
            lock (gate)
            {
                return [.. servedByMinute.Select(pair => (new DateTimeOffset(pair.Key * TimeSpan.TicksPerMinute, TimeSpan.Zero), pair.Value))];
            }
        }
    }

    /// <summary>Answers by status, without zeros.</summary>
    public IReadOnlyDictionary<string, long> Statuses =>
        Enumerable.Range(0, statuses.Length).Where(status => Answered(status) > 0).ToDictionary(status => status.ToString(CultureInfo.InvariantCulture), Answered);

    public long Answered(int status) => Interlocked.Read(ref statuses[status]);

    /// <summary>Ends when the condition holds, which is looked at whenever a request arrives, ends or is aborted.</summary>
    public Task WaitUntilAsync(Func<FakeStats, bool> condition, CancellationToken cancellationToken = default)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            waiters.Add((() => condition(this), reached));
            hasWaiters = true;
        }

        Wake();
        return reached.Task.WaitAsync(cancellationToken);
    }

    internal void Arrived()
    {
        Interlocked.Increment(ref requests);
        var now = Interlocked.Increment(ref inFlight);
        for (var max = MaxInFlight; now > max; max = MaxInFlight)
        {
            Interlocked.CompareExchange(ref maxInFlight, now, max);
        }

        Wake();
    }

    internal void Ended(int status, bool isWhole)
    {
        Interlocked.Decrement(ref inFlight);
        if (isWhole)
        {
            Interlocked.Increment(ref statuses[Math.Clamp(status, 0, statuses.Length - 1)]);
            if (status == 200)
            {
                CountMinute();
            }
        }

        Wake();
    }

    internal void Aborted()
    {
        Interlocked.Exchange(ref lastAbortTicks, time.GetUtcNow().UtcTicks);
        Interlocked.Increment(ref aborted);
        Wake();
    }

    internal void Tokens(long input, long output)
    {
        Interlocked.Add(ref inputTokens, input);
        Interlocked.Add(ref outputTokens, output);
    }

    internal void Violated(List<QuotaBreach> breaches)
    {
        Interlocked.Increment(ref violations);
        foreach (var breach in breaches)
        {
            Interlocked.Increment(ref CounterOf(breach.Kind));
        }
    }

    internal void Clear()
    {
        foreach (ref var counter in new Span<long>(statuses))
        {
            counter = 0;
        }

        (requests, violations, requestViolations, tokenViolations, dayViolations) = (0, 0, 0, 0, 0);
        (aborted, lastAbortTicks, inputTokens, outputTokens, maxInFlight) = (0, 0, 0, 0, inFlight);
        Signatures.Clear();
        lock (gate)
        {
            servedByMinute.Clear();
        }
    }

    private ref long CounterOf(FakeErrorKind kind)
    {
        if (kind == FakeErrorKind.TokensPerMinute)
        {
            return ref tokenViolations;
        }

        if (kind == FakeErrorKind.RequestsPerDay)
        {
            return ref dayViolations;
        }

        return ref requestViolations;
    }

    private void CountMinute()
    {
        var minute = time.GetUtcNow().UtcTicks / TimeSpan.TicksPerMinute;
        lock (gate)
        {
            servedByMinute[minute] = servedByMinute.GetValueOrDefault(minute) + 1;
            if (servedByMinute.Count > MinutesMax)
            {
                servedByMinute.Remove(servedByMinute.First().Key);
            }
        }
    }

    private void Wake()
    {
        if (!hasWaiters)
        {
            return;
        }

        lock (gate)
        {
            waiters.RemoveAll(waiter => waiter.Condition() && (waiter.Reached.TrySetResult() || true));
            hasWaiters = waiters.Count > 0;
        }
    }
}
