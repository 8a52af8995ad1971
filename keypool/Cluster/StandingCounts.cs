namespace GeminiBalance.KeyPool;

/// <summary>How many keys of a model may serve a call some time, by what stands between.</summary>
/// <param name="Soon">At most a minute window, a cool-down, or the store.</param>
/// <param name="Day">The Pacific day.</param>
/// <param name="Silent">Whoever holds the ledger.</param>
/// <param name="Asked">An answer that should be there in a moment.</param>
internal readonly record struct StandingCounts(int Soon, int Day, int Silent, int Asked)
{
    public int All => Soon + Day + Silent + Asked;

    public static StandingCounts Of(ClusterQueue queue) => new(
        queue.Count(KeyStanding.Ready) + queue.Count(KeyStanding.Waiting) + queue.Count(KeyStanding.AwaitsStore),
        queue.Count(KeyStanding.DayExhausted),
        queue.Count(KeyStanding.Silent) + queue.Count(KeyStanding.Overdue),
        queue.Count(KeyStanding.Asked));

    public StandingCounts Without(KeyStanding standing) => standing switch
    {
        KeyStanding.Ready or KeyStanding.Waiting or KeyStanding.AwaitsStore => this with { Soon = Soon - 1 },
        KeyStanding.DayExhausted => this with { Day = Day - 1 },
        KeyStanding.Silent or KeyStanding.Overdue => this with { Silent = Silent - 1 },
        KeyStanding.Asked => this with { Asked = Asked - 1 },
        _ => this,
    };
}
