using System.Collections.Concurrent;

namespace GeminiBalance.FakeGemini;

/// <summary>Admits or refuses requests, per key and model, on the fake's own clock.</summary>
internal sealed class QuotaBook(FakeGeminiOptions options, FakeStats stats, TimeProvider time)
{
    private readonly ConcurrentDictionary<(string Key, string Model), PairWindow> pairs = new();
    private volatile PacificDay day = PacificDay.Of(time.GetUtcNow());

    public IEnumerable<PairWindow> Pairs => pairs.Values;

    /// <returns>The 429 to give, or null.</returns>
    public FakeError? Admit(FakeCall call, long tokens)
    {
        if (options.Enforcement == Enforcement.Off)
        {
            return null;
        }

        var pair = pairs.GetOrAdd((options.PayerOf(call.Key), call.Model), id => new PairWindow(id.Key, id.Model, options.LimitsOf(id.Key, id.Model), time));
        var now = time.GetUtcNow();
        if (!day.Contains(now))
        {
            day = PacificDay.Of(now);
        }

        var refuse = options.Enforcement == Enforcement.Refuse;
        var breaches = pair.Admit(now, day, tokens, refuse);
        if (breaches is null)
        {
            return null;
        }

        stats.Violated(breaches);
        return refuse ? FakeErrors.Exhausted(call, breaches, RetryDelay(breaches)) : null;
    }

    public void Clear() => pairs.Clear();

    // Upstream names a wait of at most a minute, even when the day is over.
    private static string RetryDelay(List<QuotaBreach> breaches)
    {
        var seconds = Math.Ceiling(breaches.Max(breach => Math.Min(breach.RetryAfter.TotalSeconds, 60)));
        return $"{Math.Max(1, seconds)}s";
    }
}
