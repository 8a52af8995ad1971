namespace GeminiBalance.KeyPool.Tests.Simulation;

/// <summary>
/// What the upstream may have seen of one key and model, written from the promise and not from the ledger: a call granted at g arrives anywhere
/// in [g, g + guard], and the day it is booked on may differ by the clocks' distance. Calls count in any closed stretch of 60 seconds.
/// </summary>
internal sealed class UpstreamBook(TimeSpan guard, TimeSpan dayGuard)
{
    private static readonly TimeSpan Minute = TimeSpan.FromSeconds(60);
    private readonly List<Call> calls = [];

    public int Count => calls.Count;

    public Call Add(DateTimeOffset grantedAt, long tokens)
    {
        var call = new Call(grantedAt) { Tokens = tokens };
        calls.Add(call);
        return call;
    }

    public void Remove(Call call) => calls.Remove(call);

    /// <summary>Whether the ledger, as the promise reads, had to refuse a call at a moment.</summary>
    public bool IsMinuteFull(KeyLimits limits, long tokens, DateTimeOffset now)
    {
        var counting = calls.Where(call => now - call.GrantedAt <= Minute + guard).ToList();
        return (limits.RequestsPerMinute > 0 && counting.Count >= limits.RequestsPerMinute)
            || (limits.TokensPerMinute > 0 && counting.Sum(call => call.Tokens) + Math.Clamp(tokens, 1, limits.TokensPerMinute) > limits.TokensPerMinute);
    }

    /// <summary>Null when no limit can have been exceeded, else what and when.</summary>
    public string? FindViolation(KeyLimits limits)
    {
        calls.Sort((one, other) => one.GrantedAt.CompareTo(other.GrantedAt));
        var start = 0;
        long tokens = 0;
        for (var end = 0; end < calls.Count; end++)
        {
            tokens += calls[end].Tokens;

            // The worst case: the first call arrives as late, the last as early as they can.
            while (calls[end].GrantedAt - (calls[start].GrantedAt + guard) > Minute)
            {
                tokens -= calls[start++].Tokens;
            }

            var requests = end - start + 1;
            if (limits.RequestsPerMinute > 0 && requests > limits.RequestsPerMinute)
            {
                return $"{requests} requests in 60 s until {calls[end].GrantedAt:O}";
            }

            if (limits.TokensPerMinute > 0 && tokens > limits.TokensPerMinute)
            {
                return $"{tokens} tokens in 60 s until {calls[end].GrantedAt:O}";
            }
        }

        if (limits.RequestsPerDay == 0)
        {
            return null;
        }

        var days = calls.SelectMany(call => new[] { PacificDay.Of(call.GrantedAt - dayGuard), PacificDay.Of(call.GrantedAt + dayGuard) }.Distinct());
        var worst = days.CountBy(day => day).MaxBy(day => day.Value);
        return worst.Value > limits.RequestsPerDay ? $"{worst.Value} requests on day {DateOnly.FromDayNumber(worst.Key):O}" : null;
    }

    internal sealed class Call(DateTimeOffset grantedAt)
    {
        public DateTimeOffset GrantedAt { get; } = grantedAt;

        public long Tokens { get; set; }
    }
}
