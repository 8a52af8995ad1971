using GeminiBalance.KeyPool;

namespace GeminiBalance.Grains;

/// <summary>Between the records of the key pool and what travels. A value the reader's release does not know becomes the harmless one.</summary>
public static class LedgerMessages
{
    // Sums of what arrives with moments of this century must stay moments, whatever a faulty sender says.
    private static readonly long SpanMax = TimeSpan.FromDays(365).Ticks;
    private static readonly long StampMin = new DateTimeOffset(1900, 1, 1, 0, 0, 0, TimeSpan.Zero).UtcTicks;
    private static readonly long StampMax = new DateTimeOffset(9000, 1, 1, 0, 0, 0, TimeSpan.Zero).UtcTicks;

    public static LedgerAskMessage ToMessage(LedgerAsk ask) => new()
    {
        Model = ask.Model,
        RequestsPerMinute = ask.Limits.RequestsPerMinute,
        TokensPerMinute = ask.Limits.TokensPerMinute,
        RequestsPerDay = ask.Limits.RequestsPerDay,
        Tokens = [.. ask.Tokens],
        IsProbe = ask.IsProbe,
        Settlements = ToMessage(ask.Settlements),
        Project = ask.Project?.Value,
        RosterVersion = ask.RosterVersion,
    };

    public static LedgerAsk ToAsk(LedgerAskMessage message) => new(
        message.Model,
        new KeyLimits(message.RequestsPerMinute, message.TokensPerMinute, message.RequestsPerDay),
        message.Tokens ?? [],
        message.IsProbe,
        ToSettlements(message.Settlements))
    {
        Project = message.Project is { } project ? new KeyId(project) : null,
        RosterVersion = message.RosterVersion,
    };

    public static LedgerAnswerMessage ToMessage(LedgerAnswer answer) => new()
    {
        Term = answer.Term,
        Grants = answer.Grants.Count == 0 ? null : [.. answer.Grants.Select(grant => new LedgerGrantMessage { Stamp = grant.Stamp, ChargedTokens = grant.ChargedTokens })],
        Denial = (byte)answer.Denial,
        NextIn = answer.NextIn.Ticks,
        FreeIn = answer.FreeIn.Ticks,
        LostWeight = 1 - answer.WeightFactor,
        IsLittleUsed = answer.IsLittleUsed,
    };

    public static LedgerAnswer ToAnswer(LedgerAnswerMessage message) => new(
        message.Term,
        message.Grants is null ? [] : Array.ConvertAll(message.Grants, grant => new LedgerGrant(grant.Stamp, grant.ChargedTokens)),
        message.Denial <= (byte)KeyDenialReason.StoreUnavailable ? (KeyDenialReason)message.Denial : KeyDenialReason.Minute,
        Span(message.NextIn),
        Span(message.FreeIn),
        1 - message.LostWeight,
        message.IsLittleUsed);

    public static LedgerSettlementMessage[]? ToMessage(IReadOnlyList<LedgerSettlement> settlements) =>
        settlements.Count == 0 ? null : [.. settlements.Select(ToMessage)];

    public static IReadOnlyList<LedgerSettlement> ToSettlements(LedgerSettlementMessage[]? messages) =>
        messages is null ? [] : Array.ConvertAll(messages, ToSettlement);

    private static LedgerSettlementMessage ToMessage(LedgerSettlement settlement) => new()
    {
        Model = settlement.Model,
        Term = settlement.Term,
        Stamp = settlement.Stamp,
        ChargedTokens = settlement.ChargedTokens,
        SentAfter = settlement.SentAfter?.Ticks,
        Kind = (byte)settlement.Outcome.Kind,
        PromptTokens = settlement.Outcome.PromptTokens,
        RetryDelay = settlement.Outcome.RetryDelay?.Ticks,
        LearnedLimits = settlement.Outcome.LearnedLimits is { Count: > 0 } learned ? [.. learned.Select(ToMessage)] : null,
        Detail = settlement.Outcome.Detail,
        IsConclusive = settlement.Outcome.IsConclusive,
    };

    private static LearnedLimitMessage ToMessage(LearnedLimit learned) =>
        new() { Quota = (byte)learned.Quota, Value = learned.Value, QuotaId = learned.QuotaId };

    private static LedgerSettlement ToSettlement(LedgerSettlementMessage message) => new(
        message.Model ?? "",
        message.Term,
        Math.Clamp(message.Stamp, StampMin, StampMax),
        message.ChargedTokens,
        new CallOutcome(KindOf(message.Kind))
        {
            PromptTokens = message.PromptTokens,
            RetryDelay = message.RetryDelay is { } delay ? Span(delay) : null,
            LearnedLimits = message.LearnedLimits is null
                ? null
                : Array.ConvertAll(message.LearnedLimits, learned => new LearnedLimit((QuotaKind)learned.Quota, learned.Value, learned.QuotaId ?? "")),
            Detail = message.Detail,
            IsConclusive = message.IsConclusive,
        },
        message.SentAfter is { } after ? Span(after) : null);

    // An outcome of a later release: the call was spent, and nobody is blamed for what is not understood.
    private static CallOutcomeKind KindOf(byte kind) =>
        (CallOutcomeKind)kind is >= CallOutcomeKind.Succeeded and <= CallOutcomeKind.ClientLeft and var known ? known : CallOutcomeKind.UpstreamBroken;

    private static TimeSpan Span(long ticks) => TimeSpan.FromTicks(Math.Clamp(ticks, 0, SpanMax));
}
