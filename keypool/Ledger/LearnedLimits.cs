namespace GeminiBalance.KeyPool;

/// <summary>Limits the upstream named. They tighten the configured ones; zero means that nothing was learned.</summary>
internal sealed record LearnedLimits(KeyLimits Limits, long Until)
{
    public KeyLimits Tighten(in KeyLimits configured) => new(
        Smaller(configured.RequestsPerMinute, Limits.RequestsPerMinute),
        Smaller(configured.TokensPerMinute, Limits.TokensPerMinute),
        Smaller(configured.RequestsPerDay, Limits.RequestsPerDay));

    public LearnedLimits With(LearnedLimit learned, long until) => new(
        learned.Quota switch
        {
            QuotaKind.RequestsPerMinute => Limits with { RequestsPerMinute = learned.Value },
            QuotaKind.TokensPerMinute => Limits with { TokensPerMinute = learned.Value },
            QuotaKind.RequestsPerDay => Limits with { RequestsPerDay = learned.Value },
            _ => Limits,
        },
        until);

    private static long Smaller(long configured, long learned) =>
        learned == 0 ? configured : configured == 0 ? learned : Math.Min(configured, learned);
}
