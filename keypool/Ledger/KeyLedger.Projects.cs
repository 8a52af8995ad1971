namespace GeminiBalance.KeyPool;

/// <content>Ledgers beside another one: a key's own where its project's grants, and the project's, which takes over what keys bring along.</content>
public sealed partial class KeyLedger
{
    /// <summary>
    /// Counts a call that another ledger is to grant, whatever the limits, so that this one is right when it grants again: only the key's state forbids it,
    /// and a count that runs too far ahead of the stored one.
    /// </summary>
    /// <param name="model">The upstream model.</param>
    /// <param name="configured">The limits of the settings.</param>
    /// <param name="tokens">Input tokens the call is thought to cost.</param>
    /// <param name="now">The time.</param>
    /// <param name="isProbe">Whether the key's state does not matter.</param>
    public GrantDecision TryCount(string model, in KeyLimits configured, long tokens, DateTimeOffset now, bool isProbe = false)
    {
        var decision = PeekCount(model, configured, tokens, now, isProbe);
        if (!decision.IsGranted)
        {
            return decision;
        }

        var at = latest;
        if ((Find(model) ?? AddModel(model, at)) is not { } ledger)
        {
            return Deny(KeyDenialReason.TooManyModels, at + MinuteTicks);
        }

        ledger.Window.Expire(at, Span);
        return Take(ledger, ledger.Limits(configured, at), decision, at);
    }

    /// <summary>As <see cref="TryCount"/>, but counts nothing.</summary>
    public GrantDecision PeekCount(string model, in KeyLimits configured, long tokens, DateTimeOffset now, bool isProbe = false)
    {
        var at = Advance(now);
        if (State != KeyState.Active && !isProbe)
        {
            return Deny(KeyDenialReason.State, DateTimeOffset.MaxValue.UtcTicks);
        }

        var ledger = Find(model);
        var limits = ledger?.Limits(configured, at) ?? configured;
        if (limits.RequestsPerDay > 0 && (uncleanUnstored || DaysOf(ledger).Unstored >= DayBudget.Chunk(limits.RequestsPerDay)))
        {
            return Deny(KeyDenialReason.NeedsCheckpoint, at) with { WantsCheckpoint = true };
        }

        var charged = limits.TokensPerMinute > 0 ? Math.Min(tokens, limits.TokensPerMinute) : tokens;
        return new GrantDecision(KeyDenialReason.None, Moment(at), Moment(at), Math.Max(0, charged), WantsCheckpoint: false);
    }

    /// <summary>
    /// Counts what another ledger has counted of the same quota: the calls of its days, and those of its minute as granted now. Where its minutes are
    /// unknown, so are this one's.
    /// </summary>
    /// <param name="other">The other ledger, with its windows, on this one's clock.</param>
    /// <param name="now">The time.</param>
    public void CountIn(KeyLedgerSnapshot other, DateTimeOffset now)
    {
        var at = Advance(now);
        heldUntil = Math.Max(heldUntil, other.HeldUntil?.UtcTicks ?? 0);
        if (other.UncleanDay >= uncleanDay)
        {
            (uncleanStops, uncleanDay) = (other.UncleanStops + (other.UncleanDay == uncleanDay ? uncleanStops : 0), other.UncleanDay);
        }

        var before = forgotten;
        foreach (var counted in other.Models ?? [])
        {
            if ((Find(counted.Model) ?? AddModel(counted.Model, at)) is { } ledger)
            {
                CountIn(ledger, counted, at);
                continue;
            }

            // No place for it: any model without a ledger may be this one.
            var unknown = before;
            unknown.Add(counted.Day, counted.Used, counted.UsedBefore);
            forgotten.AtLeast(unknown);
            HoldMinutes(Moment(at));
        }

        foreach (var ledger in models.AsSpan(0, modelCount))
        {
            if (other.Models?.Any(counted => counted.Model == ledger.Model) != true)
            {
                ledger.Days.Add(other.ForgottenDay, other.ForgottenUsed, other.ForgottenUsedBefore);
            }
        }

        forgotten.Add(other.ForgottenDay, other.ForgottenUsed, other.ForgottenUsedBefore);
    }

    /// <summary>Counts at least as many calls of a day as the keys of a project have: a crash may have come between a key's move and the store.</summary>
    public void CountAtLeast(IEnumerable<KeyLedgerSnapshot> keys, DateTimeOffset now)
    {
        var at = Advance(now);
        var all = keys.ToList();
        foreach (var day in all.Select(key => key.ForgottenDay).Distinct())
        {
            forgotten.AtLeast(day, all.Sum(key => key.ForgottenOn(day)));
        }

        foreach (var (model, day) in all.SelectMany(key => key.Models ?? []).Select(counted => (counted.Model, counted.Day)).Distinct())
        {
            var used = all.Sum(key => key.UsedOn(day, model));
            if (used > 0)
            {
                DaysOf(Find(model) ?? AddModel(model, at)).AtLeast(day, used);
            }
        }
    }

    private void CountIn(ModelLedger ledger, ModelLedgerSnapshot counted, long now)
    {
        ledger.Days.Add(counted.Day, counted.Used, counted.UsedBefore);
        ledger.Window.Expire(now, Span);
        ledger.Window.AddSum(now, counted.Window ?? []);
        ledger.CoolUntil = Math.Max(ledger.CoolUntil, counted.CoolUntil?.UtcTicks ?? 0);
        ledger.ExhaustedDay = Math.Max(ledger.ExhaustedDay, counted.ExhaustedDay);
        if (ledger.LearnedAt(now) is null && counted.LearnedUntil is { } until)
        {
            ledger.Learned = new LearnedLimits(new KeyLimits(counted.LearnedRpm, counted.LearnedTpm, counted.LearnedRpd), until.UtcTicks);
        }
    }
}
