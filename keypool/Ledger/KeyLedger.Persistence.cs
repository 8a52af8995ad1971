namespace GeminiBalance.KeyPool;

/// <content>The ledger at rest.</content>
public sealed partial class KeyLedger
{
    /// <summary>Takes over a stored ledger.</summary>
    /// <param name="snapshot">The stored ledger; null when the key has none yet.</param>
    /// <param name="openClaimUntil">Null after a clean stop. Else the last holder may have granted, unrecorded, until this moment:
    /// every minute window counts as full, and a chunk of the day as used.</param>
    /// <param name="now">The time.</param>
    public void Restore(KeyLedgerSnapshot? snapshot, DateTimeOffset? openClaimUntil, DateTimeOffset now)
    {
        var at = Advance(now);
        if (snapshot is not null)
        {
            Load(snapshot, at);
        }

        if (openClaimUntil is not { } claim)
        {
            return;
        }

        var lastGrant = Math.Min(at, claim.UtcTicks);
        HoldMinutes(Moment(lastGrant));
        var day = LastDay(lastGrant);
        (uncleanStops, uncleanDay) = (day == uncleanDay ? uncleanStops + 1 : 1, day);
        uncleanUnstored = true;
    }

    /// <summary>The ledger as it is stored.</summary>
    /// <param name="now">The time.</param>
    /// <param name="withWindows">Whether the minute windows are needed: only at a clean stop. After any other they count as full anyway.</param>
    /// <param name="forStore">Whether <see cref="SnapshotStored"/> will be about this snapshot.</param>
    public KeyLedgerSnapshot TakeSnapshot(DateTimeOffset now, bool withWindows, bool forStore = true)
    {
        var at = Advance(now);
        forgotten.Roll(LastDay(at));
        if (forStore)
        {
            forgotten.Written();
        }

        foreach (var ledger in models.AsSpan(0, modelCount))
        {
            ledger.Window.Expire(at, Span);
            ledger.Days.Roll(LastDay(at));
            if (forStore)
            {
                ledger.Days.Written();
            }
        }

        return new KeyLedgerSnapshot
        {
            KeyId = Id.Value,
            TakenAt = Moment(at),
            State = State == KeyState.Active ? default : State,
            Reason = reason,
            Since = MomentOrNull(since),
            Failures = failures,
            LostWeight = 1 - weightFactor,
            Succeeded = succeeded,
            Failed = failed,
            HeldUntil = heldUntil >= at ? MomentOrNull(heldUntil) : null,
            UncleanDay = uncleanDay,
            UncleanStops = uncleanStops,
            ForgottenDay = forgotten.Used + forgotten.UsedBefore > 0 ? forgotten.Day : 0,
            ForgottenUsed = forgotten.Used,
            ForgottenUsedBefore = forgotten.UsedBefore,
            Models = modelCount == 0 ? null : [.. models.Take(modelCount).Select(ledger => Save(ledger, withWindows))],
        };
    }

    /// <summary>Says that the last snapshot taken has reached the store.</summary>
    public void SnapshotStored()
    {
        uncleanUnstored = false;
        forgotten.Stored();
        foreach (var ledger in models.AsSpan(0, modelCount))
        {
            ledger.Days.Stored();
        }
    }

    /// <summary>Whether a clean stop must write this ledger because of requests that still count.</summary>
    public bool HasOpenWindows(DateTimeOffset now)
    {
        var at = Advance(now);
        foreach (var ledger in models.AsSpan(0, modelCount))
        {
            ledger.Window.Expire(at, Span);
            if (!ledger.Window.IsEmpty)
            {
                return true;
            }
        }

        return heldUntil >= at;
    }

    private void Load(KeyLedgerSnapshot snapshot, long now)
    {
        State = snapshot.State == default ? KeyState.Active : snapshot.State;
        (reason, since) = (snapshot.Reason, snapshot.Since?.UtcTicks ?? 0);
        (failures, succeeded, failed) = (snapshot.Failures, snapshot.Succeeded, snapshot.Failed);
        weightFactor = Math.Clamp(1 - snapshot.LostWeight, WeightShareMin, 1);
        heldUntil = snapshot.HeldUntil?.UtcTicks ?? 0;
        (uncleanDay, uncleanStops) = (snapshot.UncleanDay, snapshot.UncleanStops);
        forgotten.Load(snapshot.ForgottenDay, snapshot.ForgottenUsed, snapshot.ForgottenUsedBefore);
        foreach (var stored in snapshot.Models ?? [])
        {
            if (AddModel(stored.Model, now) is { } ledger)
            {
                Load(ledger, stored, now);
            }
        }
    }

    private static void Load(ModelLedger ledger, ModelLedgerSnapshot stored, long now)
    {
        ledger.Days.Load(stored.Day, stored.Used, stored.UsedBefore);
        ledger.CoolUntil = stored.CoolUntil?.UtcTicks ?? 0;
        ledger.Strikes = stored.Strikes;
        ledger.UnavailableUntil = stored.UnavailableUntil?.UtcTicks ?? 0;
        ledger.ExhaustedDay = stored.ExhaustedDay;
        if (stored.LearnedUntil is { } until)
        {
            ledger.Learned = new LearnedLimits(new KeyLimits(stored.LearnedRpm, stored.LearnedTpm, stored.LearnedRpd), until.UtcTicks);
        }

        ledger.Window.Load(stored.Window ?? [], now);
    }

    private static ModelLedgerSnapshot Save(ModelLedger ledger, bool withWindow) => new()
    {
        Model = ledger.Model,
        Day = ledger.Days.Day,
        Used = ledger.Days.Used,
        UsedBefore = ledger.Days.UsedBefore,
        CoolUntil = MomentOrNull(ledger.CoolUntil),
        Strikes = ledger.Strikes,
        UnavailableUntil = MomentOrNull(ledger.UnavailableUntil),
        ExhaustedDay = ledger.ExhaustedDay,
        LearnedUntil = MomentOrNull(ledger.Learned?.Until ?? 0),
        LearnedRpm = ledger.Learned?.Limits.RequestsPerMinute ?? 0,
        LearnedTpm = ledger.Learned?.Limits.TokensPerMinute ?? 0,
        LearnedRpd = ledger.Learned?.Limits.RequestsPerDay ?? 0,
        Window = withWindow ? ledger.Window.Save() : null,
    };

    private static DateTimeOffset? MomentOrNull(long ticks) => ticks == 0 ? null : Moment(ticks);
}
