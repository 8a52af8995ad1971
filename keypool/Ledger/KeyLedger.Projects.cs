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
        if (limits.RequestsPerDay > 0 && (uncleanUnstored || ledger?.Days.Unstored >= DayBudget.Chunk(limits.RequestsPerDay)))
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

        foreach (var counted in other.Models ?? [])
        {
            if ((Find(counted.Model) ?? AddModel(counted.Model, at)) is { } ledger)
            {
                CountIn(ledger, counted, at);
            }
        }
    }

    /// <summary>Counts at least as many calls of a day as the keys of a project have: a crash may have come between a key's move and the store.</summary>
    public void CountAtLeast(IEnumerable<KeyLedgerSnapshot> keys, DateTimeOffset now)
    {
        var at = Advance(now);
        foreach (var counted in keys.SelectMany(key => key.Models ?? []).GroupBy(model => (model.Model, model.Day)))
        {
            var used = counted.Sum(model => model.Used);
            if (used > 0 && (Find(counted.Key.Model) ?? AddModel(counted.Key.Model, at)) is { } ledger)
            {
                ledger.Days.AtLeast(counted.Key.Day, used);
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
        if (ledger.Learned is null && counted.LearnedUntil is { } until)
        {
            ledger.Learned = new LearnedLimits(new KeyLimits(counted.LearnedRpm, counted.LearnedTpm, counted.LearnedRpd), until.UtcTicks);
        }
    }
}
