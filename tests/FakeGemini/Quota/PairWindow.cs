namespace GeminiBalance.FakeGemini;

/// <summary>Everything counted for one key and one model. Exact: a time per request, kept for 60 seconds.</summary>
internal sealed class PairWindow(string key, string model, FakeLimits limits, TimeProvider time)
{
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(60);
    private readonly Lock gate = new();
    private readonly Queue<TimeSpan> received = new();
    private readonly Queue<(TimeSpan At, long Tokens)> served = new();
    private readonly long origin = time.GetTimestamp();
    private long servedTokens;

    public string Key { get; } = key;

    public string Model { get; } = model;

    public FakeLimits Limits { get; } = limits;

    /// <summary>Most requests that arrived in any 60 seconds, refused ones included.</summary>
    public int MaxReceived { get; private set; }

    /// <summary>Most requests that were admitted in any 60 seconds.</summary>
    public int MaxServed { get; private set; }

    /// <summary>Most input tokens that were admitted in any 60 seconds.</summary>
    public long MaxTokens { get; private set; }

    public long Requests { get; private set; }

    public long Violations { get; private set; }

    public long Tokens { get; private set; }

    public int DayCount { get; private set; }

    public DateOnly? Day { get; private set; }

    /// <param name="day">The Pacific day of <paramref name="now"/>.</param>
    /// <returns>The limits exceeded; null when the request fits.</returns>
    public List<QuotaBreach>? Admit(DateTimeOffset now, PacificDay day, long tokens, bool refuse)
    {
        lock (gate)
        {
            var at = time.GetElapsedTime(origin);
            Forget(at);
            if (Day != day.Date)
            {
                (Day, DayCount) = (day.Date, 0);
            }

            Requests++;
            received.Enqueue(at);
            MaxReceived = Math.Max(MaxReceived, received.Count);
            var breaches = Breaches(at, now, day, tokens);
            Violations += breaches is null ? 0 : 1;
            if (breaches is null || !refuse)
            {
                Serve(at, tokens);
            }

            return breaches;
        }
    }

    private void Serve(TimeSpan at, long tokens)
    {
        served.Enqueue((at, tokens));
        servedTokens += tokens;
        Tokens += tokens;
        DayCount++;
        MaxServed = Math.Max(MaxServed, served.Count);
        MaxTokens = Math.Max(MaxTokens, servedTokens);
    }

    private void Forget(TimeSpan at)
    {
        while (received.TryPeek(out var oldest) && oldest + Span <= at)
        {
            received.Dequeue();
        }

        while (served.TryPeek(out var oldest) && oldest.At + Span <= at)
        {
            servedTokens -= served.Dequeue().Tokens;
        }
    }

    private List<QuotaBreach>? Breaches(TimeSpan at, DateTimeOffset now, PacificDay day, long tokens)
    {
        List<QuotaBreach>? breaches = null;
        if (Limits.RequestsPerDay > 0 && DayCount >= Limits.RequestsPerDay)
        {
            (breaches ??= []).Add(new QuotaBreach(FakeErrorKind.RequestsPerDay, Limits.RequestsPerDay, day.End - now));
        }

        if (Limits.RequestsPerMinute > 0 && served.Count >= Limits.RequestsPerMinute)
        {
            var freed = served.ElementAt(served.Count - Limits.RequestsPerMinute).At + Span;
            (breaches ??= []).Add(new QuotaBreach(FakeErrorKind.RequestsPerMinute, Limits.RequestsPerMinute, freed - at));
        }

        if (Limits.TokensPerMinute > 0 && servedTokens + tokens > Limits.TokensPerMinute)
        {
            var freed = served.TryPeek(out var oldest) ? oldest.At + Span - at : Span;
            (breaches ??= []).Add(new QuotaBreach(FakeErrorKind.TokensPerMinute, Limits.TokensPerMinute, freed));
        }

        return breaches;
    }
}
