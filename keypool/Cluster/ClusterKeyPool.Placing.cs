namespace GeminiBalance.KeyPool;

/// <content>What an answer says about its key, and what a row of asks in vain says about all keys.</content>
public sealed partial class ClusterKeyPool
{
    /// <summary>Asks in vain in a row that are no coincidence any more.</summary>
    private const int InVainMax = 16;

    /// <summary>A key that was denied for now is not asked again sooner, whatever its ledger said.</summary>
    private static readonly TimeSpan DenialMin = TimeSpan.FromMilliseconds(5);
    private DateTimeOffset lastAnswer = DateTimeOffset.MinValue;
    private DateTimeOffset restUntil = DateTimeOffset.MinValue;
    private int inVain;
    private int rests;

    private void Place(AskInFlight ask, LedgerAnswer answer, bool isOutdated, DateTimeOffset now)
    {
        var (key, queue) = (ask.Key, ask.Queue);
        var keys = queue.Of(key);
        keys.MakeReady(key.Slot);
        for (var i = 0; i < answer.Grants.Count; i++)
        {
            keys.Charge(key.Slot, key.Weight);
        }

        if (isOutdated)
        {
            return;
        }

        if (answer.Denial == KeyDenialReason.State)
        {
            PutOutOfUse(key, queue, now);
            return;
        }

        PutBackToUse(key, now);
        key.Refusals = answer.Grants.Count > 0 ? 0 : key.Refusals + (ask.Waiters.Count > 0 ? 1 : 0);
        if (StandingAfter(answer) is var standing && standing != KeyStanding.Ready)
        {
            keys.Postpone(key.Slot, DueAfter(key, answer, now).UtcTicks, standing);
        }
    }

    private DateTimeOffset DueAfter(ClusterKey key, LedgerAnswer answer, DateTimeOffset now)
    {
        if (answer.Denial == KeyDenialReason.NeedsCheckpoint)
        {
            return now + options.CheckpointPause;
        }

        var courtesy = key.IsOwn ? TimeSpan.Zero : Doubled(options.CourtesyMin, options.CourtesyMax, Math.Max(1, key.Refusals));
        return now + courtesy + (answer.FreeIn > DenialMin ? answer.FreeIn : DenialMin);
    }

    private static KeyStanding StandingAfter(LedgerAnswer answer) => answer.Denial switch
    {
        KeyDenialReason.Day => KeyStanding.DayExhausted,
        KeyDenialReason.ModelUnavailable => KeyStanding.ModelUnavailable,
        KeyDenialReason.NeedsCheckpoint => KeyStanding.AwaitsStore,
        KeyDenialReason.StoreUnavailable => KeyStanding.Silent,
        KeyDenialReason.None when answer.FreeIn <= TimeSpan.Zero => KeyStanding.Ready,
        _ => answer.FreeIn <= TimeSpan.Zero && answer.NextIn > TimeSpan.Zero ? KeyStanding.Ready : KeyStanding.Waiting, // Ready for smaller calls.
    };

    private void PutOutOfUse(ClusterKey key, ClusterQueue answered, DateTimeOffset now)
    {
        key.IsOutOfUse = true;
        foreach (var queue in queues.All)
        {
            if (queue == answered || queue.StandingOf(key) is KeyStanding.Ready or KeyStanding.Waiting)
            {
                queue.Of(key).Postpone(key.Slot, (now + options.OutOfUsePause).UtcTicks, KeyStanding.OutOfUse);
            }
        }
    }

    private void PutBackToUse(ClusterKey key, DateTimeOffset now)
    {
        if (!key.IsOutOfUse)
        {
            return;
        }

        key.IsOutOfUse = false;
        foreach (var queue in queues.All)
        {
            if (queue.StandingOf(key) == KeyStanding.OutOfUse)
            {
                queue.Of(key).MakeReady(key.Slot);
                queue.NextPump = queue.WaiterCount > 0 ? now.UtcTicks : queue.NextPump;
            }
        }
    }

    private bool IsResting(DateTimeOffset now) => restUntil > now;

    /// <summary>When nobody answers, asking key after key helps no call and keeps whoever comes back from doing so: now and then is enough.</summary>
    private void WasInVain(DateTimeOffset now)
    {
        if (++inVain >= InVainMax && now - lastAnswer > options.SilenceMin && !IsResting(now))
        {
            restUntil = now + Doubled(options.SilenceMin, options.SilenceMax, ++rests);
        }
    }

    private void WasAnswered(DateTimeOffset now) => (lastAnswer, restUntil, inVain, rests) = (now, DateTimeOffset.MinValue, 0, 0);

    private static TimeSpan Doubled(TimeSpan shortest, TimeSpan longest, int times) =>
        TimeSpan.FromTicks((long)Math.Min(longest.Ticks, shortest.Ticks * Math.Pow(2, Math.Min(times, 30) - 1)));
}
