namespace GeminiBalance.TestKit;

/// <summary>
/// A clock that only its test moves. Timers fire in order of their due time, on the thread that moves the clock; what awaits a delay goes on there and
/// then, and has set its next delay before the clock moves further.
/// </summary>
public sealed class ManualTimeProvider(DateTimeOffset start) : TimeProvider
{
    // Not the ticks' frequency, so that code that takes ticks for timestamps shows at once; a power of two times it, so that spans are exact.
    private const long Frequency = 4 * TimeSpan.TicksPerSecond;
    private readonly Lock gate = new();
    private readonly SortedSet<ManualTimer> armed = new(Comparer<ManualTimer>.Create(Compare));
    private readonly DateTimeOffset start = start;
    private DateTimeOffset now = start;
    private long created;

    public ManualTimeProvider()
        : this(new DateTimeOffset(2026, 1, 15, 20, 0, 0, TimeSpan.Zero))
    {
    }

    public override long TimestampFrequency => Frequency;

    /// <summary>The time the next timer is due, or null when none is armed.</summary>
    public DateTimeOffset? NextDue
    {
        get
        {
            lock (gate)
            {
                return armed.Min?.Due;
            }
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        NoContext.Enter();
        lock (gate)
        {
            return now;
        }
    }

    public override long GetTimestamp() => (GetUtcNow() - start).Ticks * (Frequency / TimeSpan.TicksPerSecond);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        NoContext.Enter();
        var timer = new ManualTimer(this, callback, state, Interlocked.Increment(ref created));
        timer.Change(dueTime, period);
        return timer;
    }

    public void Advance(TimeSpan by) => AdvanceTo(GetUtcNow() + by);

    /// <summary>Moves the clock, stopping at every due timer on the way.</summary>
    public void AdvanceTo(DateTimeOffset target)
    {
        while (true)
        {
            ManualTimer due;
            lock (gate)
            {
                if (armed.Min is not { } next || next.Due > target)
                {
                    now = target > now ? target : now;
                    return;
                }

                due = next;
                now = due.Due > now ? due.Due.Value : now;
                due.Arm(due.Period > TimeSpan.Zero ? due.Due + due.Period : null);
            }

            due.Fire();
        }
    }

    private static int Compare(ManualTimer one, ManualTimer other) =>
        one.Due != other.Due ? Nullable.Compare(one.Due, other.Due) : one.Number.CompareTo(other.Number);

    private sealed class ManualTimer(ManualTimeProvider owner, TimerCallback callback, object? state, long number) : ITimer
    {
        private bool isDisposed;

        public long Number { get; } = number;

        public DateTimeOffset? Due { get; private set; }

        public TimeSpan Period { get; private set; }

        public void Fire() => NoContext.Run(() => callback(state));

        /// <summary>Under the owner's lock.</summary>
        public void Arm(DateTimeOffset? due)
        {
            owner.armed.Remove(this);
            Due = isDisposed ? null : due;
            if (Due is not null)
            {
                owner.armed.Add(this);
            }
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (owner.gate)
            {
                Period = period == Timeout.InfiniteTimeSpan ? TimeSpan.Zero : period;
                Arm(dueTime == Timeout.InfiniteTimeSpan ? null : owner.now + dueTime);
                return !isDisposed;
            }
        }

        public void Dispose()
        {
            lock (owner.gate)
            {
                isDisposed = true;
                Arm(null);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
