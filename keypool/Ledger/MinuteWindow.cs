namespace GeminiBalance.KeyPool;

/// <summary>
/// The requests and input tokens of one key and model that still count: an exact sliding window of grants. A grant at g counts up to and
/// including g + span, where span is 60 s plus the guard. Moments may be rounded up to a quantum, so that a thousand requests a minute
/// do not cost a thousand entries; tokens then come back later, never earlier.
/// </summary>
internal struct MinuteWindow
{
    private const int FirstCapacity = 4;
    private const int ExactRequestsMax = 64;
    private const long LimitedQuantum = TimeSpan.TicksPerMillisecond * 100;
    private const long UnlimitedQuantum = TimeSpan.TicksPerSecond;
    private Entry[]? ring;
    private int head;
    private int count;
    private long goneThrough;

    /// <summary>Requests that count.</summary>
    public int Requests { get; private set; }

    /// <summary>Input tokens that count.</summary>
    public long Tokens { get; private set; }

    public readonly bool IsEmpty => count == 0;

    internal readonly int Capacity => ring?.Length ?? 0;

    /// <summary>Drops what no longer counts.</summary>
    public void Expire(long now, long span)
    {
        while (count > 0 && now > ring![head].Time + span)
        {
            Requests -= ring[head].Requests;
            Tokens -= ring[head].Tokens;
            goneThrough = ring[head].Time;
            head = Next(head);
            count--;
        }
    }

    public void Add(long now, in KeyLimits limits, long tokens)
    {
        var quantum = limits.RequestsPerMinute switch
        {
            > 0 and <= ExactRequestsMax => 1,
            0 when limits.TokensPerMinute == 0 => UnlimitedQuantum,
            _ => LimitedQuantum,
        };
        Append((now + quantum - 1) / quantum * quantum, 1, Narrow(tokens));
    }

    /// <summary>Counts a request as granted at a moment before now; with the newest one when that is later.</summary>
    public void AddLate(long time, long tokens) => Append(time, 1, Narrow(tokens));

    /// <summary>Forgets everything granted until now.</summary>
    public void Clear(long now) => this = new MinuteWindow { goneThrough = now };

    /// <summary>The entry that counts a grant, if it still does.</summary>
    public readonly bool TryFind(long grantedAt, out int index)
    {
        // A grant was rounded up or joined to the last entry, so its entry is the first one not before it.
        var (low, high) = (0, count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = ring![At(middle)].Time < grantedAt ? (middle + 1, high) : (low, middle);
        }

        index = low;
        return low < count && grantedAt > goneThrough;
    }

    /// <summary>Changes what an entry counts; never below zero.</summary>
    public void Correct(int index, int requests, long tokens)
    {
        ref var entry = ref ring![At(index)];
        var newRequests = Math.Max(0, entry.Requests + requests);
        var newTokens = Narrow(Math.Max(0, entry.Tokens + tokens));
        Requests += newRequests - entry.Requests;
        Tokens += newTokens - entry.Tokens;
        entry = new Entry(entry.Time, newRequests, newTokens);
    }

    /// <summary>The first moment at which at most <paramref name="requests"/> requests count.</summary>
    public readonly long WhenRequestsAtMost(long requests, long span)
    {
        long left = Requests;
        for (var i = 0; i < count; i++)
        {
            ref readonly var entry = ref ring![At(i)];
            left -= entry.Requests;
            if (left <= requests)
            {
                return entry.Time + span + 1;
            }
        }

        return 0;
    }

    /// <summary>The first moment at which at most <paramref name="tokens"/> tokens count.</summary>
    public readonly long WhenTokensAtMost(long tokens, long span)
    {
        var left = Tokens;
        for (var i = 0; i < count; i++)
        {
            ref readonly var entry = ref ring![At(i)];
            left -= entry.Tokens;
            if (left <= tokens)
            {
                return entry.Time + span + 1;
            }
        }

        return 0;
    }

    /// <summary>Time, requests and tokens of every entry, flat.</summary>
    public readonly long[]? Save()
    {
        if (count == 0)
        {
            return null;
        }

        var flat = new long[3 * count];
        for (var i = 0; i < count; i++)
        {
            var entry = ring![At(i)];
            (flat[3 * i], flat[(3 * i) + 1], flat[(3 * i) + 2]) = (entry.Time, entry.Requests, entry.Tokens);
        }

        return flat;
    }

    /// <summary>Takes over saved entries. What lies in the future was granted before a clock went back: it counts as granted now.</summary>
    public void Load(long[] flat, long now)
    {
        for (var i = 0; i + 2 < flat.Length; i += 3)
        {
            Append(Math.Min(flat[i], now), (int)Math.Clamp(flat[i + 1], 0, int.MaxValue), Narrow(flat[i + 2]));
        }
    }

    /// <summary>Counts all of the saved entries as granted now.</summary>
    public void AddSum(long now, long[] flat)
    {
        var (requests, tokens) = (0L, 0L);
        for (var i = 0; i + 2 < flat.Length; i += 3)
        {
            (requests, tokens) = (requests + flat[i + 1], tokens + flat[i + 2]);
        }

        if (requests > 0)
        {
            Append(now, (int)Math.Min(requests, int.MaxValue / 2), Narrow(tokens));
        }
    }

    private static int Narrow(long tokens) => (int)Math.Clamp(tokens, 0, int.MaxValue / 2);

    private void Append(long time, int requests, int tokens)
    {
        Requests += requests;
        if (count > 0 && ring![At(count - 1)].Time >= time)
        {
            ref var newest = ref ring[At(count - 1)];
            var sum = Narrow((long)newest.Tokens + tokens);
            Tokens += sum - newest.Tokens;
            newest = new Entry(newest.Time, newest.Requests + requests, sum);
            return;
        }

        Tokens += tokens;
        if (count == Capacity)
        {
            Grow();
        }

        ring![At(count)] = new Entry(time, requests, tokens);
        count++;
    }

    private void Grow()
    {
        var larger = new Entry[Math.Max(FirstCapacity, 2 * count)];
        for (var i = 0; i < count; i++)
        {
            larger[i] = ring![At(i)];
        }

        (ring, head) = (larger, 0);
    }

    private readonly int At(int index) => (head + index) & (ring!.Length - 1);

    private readonly int Next(int position) => (position + 1) & (ring!.Length - 1);

    private readonly record struct Entry(long Time, int Requests, int Tokens);
}
