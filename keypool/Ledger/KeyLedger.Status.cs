namespace GeminiBalance.KeyPool;

/// <content>The ledger for people.</content>
public sealed partial class KeyLedger
{
    /// <summary>Requests in a minute that no tier of the upstream refuses.</summary>
    private const int LittleUseOfUnlimited = 2;

    /// <summary>The key's live state.</summary>
    /// <param name="masked">The key as people may see it.</param>
    /// <param name="profile">What people decided about it.</param>
    /// <param name="configured">The configured limits of a model for this key.</param>
    /// <param name="now">The time.</param>
    public KeyStatus StatusAt(string masked, KeyProfile profile, Func<string, KeyLimits> configured, DateTimeOffset now)
    {
        var at = Advance(now);
        var shown = State;
        var list = new List<ModelStatus>(modelCount);
        foreach (var ledger in models.AsSpan(0, modelCount))
        {
            var ofModel = configured(ledger.Model);
            var verdict = Evaluate(ledger, ofModel, 1, at, isProbe: true, out var limits);
            list.Add(Describe(ledger, ofModel, limits, verdict, at));
            shown = (KeyState)Math.Max((int)shown, (int)StateOf(verdict.Denial));
        }

        return new KeyStatus(
            Id, masked, shown, State == KeyState.Active ? null : reason, MomentOrNull(since), failures, EffectiveWeight, profile, succeeded, failed, list);
    }

    /// <summary>Whether the key's use of a model is so far below its limits that a 429 for the minute is a surprise.</summary>
    public bool IsLittleUsed(string model, in KeyLimits configured, DateTimeOffset now)
    {
        var at = Advance(now);
        if (Find(model) is not { } ledger)
        {
            return true;
        }

        ledger.Window.Expire(at, Span);
        var limits = ledger.Limits(configured, at);
        return ledger.Window.Requests <= (limits.RequestsPerMinute > 0 ? Math.Max(1, limits.RequestsPerMinute / 4) : LittleUseOfUnlimited)
            && (limits.TokensPerMinute <= 0 || ledger.Window.Tokens <= limits.TokensPerMinute / 4);
    }

    private static KeyState StateOf(KeyDenialReason denial) => denial switch
    {
        KeyDenialReason.Minute or KeyDenialReason.Tokens or KeyDenialReason.CoolDown => KeyState.Cooling,
        KeyDenialReason.Day => KeyState.ExhaustedToday,
        _ => KeyState.Active,
    };

    private ModelStatus Describe(ModelLedger ledger, in KeyLimits configured, in KeyLimits limits, in GrantDecision verdict, long now)
    {
        ledger.Days.Roll(LastDay(now));
        var isAvailable = ledger.UnavailableUntil <= now;
        var blockedUntil = verdict.At.UtcTicks > now ? verdict.At : (DateTimeOffset?)null;
        return new ModelStatus(
            ledger.Model,
            limits,
            limits != configured,
            ledger.Window.Requests,
            ledger.Window.Tokens,
            ledger.Days.Used + Reserve(ledger.Days.Day, limits),
            isAvailable ? blockedUntil : Moment(Math.Max(ledger.UnavailableUntil, verdict.At.UtcTicks)),
            isAvailable);
    }
}
