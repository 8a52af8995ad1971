namespace GeminiBalance.KeyPool;

/// <content>What becomes of the answers of ledgers.</content>
public sealed partial class ClusterKeyPool
{
    /// <summary>A key that was denied for now is not asked again sooner, whatever its ledger said.</summary>
    private static readonly TimeSpan DenialMin = TimeSpan.FromMilliseconds(5);
    private int asksOut;
    private TaskCompletionSource? whenIdle;

    private async Task AskAsync(AskInFlight ask)
    {
        try
        {
            Answered(ask, await ledgers.AskAsync(ask.Key.Key.Id, ask.Message!).ConfigureAwait(false));
        }
        catch (Exception failure) when (failure is not OutOfMemoryException && !ask.IsDone)
        {
            // Whatever became of the holder: the calls go to other keys, and the key is tried again later.
            Failed(ask);
            options.AskFailed?.Invoke(ask.Key.Key.Id, failure);
        }
        finally
        {
            AskEnded();
        }
    }

    private void AskEnded()
    {
        TaskCompletionSource? idle = null;
        lock (gate)
        {
            if (--asksOut == 0)
            {
                (idle, whenIdle) = (whenIdle, null);
            }
        }

        idle?.SetResult();
    }

    /// <summary>Ends when no ask is out.</summary>
    internal Task WhenIdleAsync()
    {
        lock (gate)
        {
            return asksOut == 0 ? Task.CompletedTask : (whenIdle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    private void Answered(AskInFlight ask, LedgerAnswer answer)
    {
        using (var section = new Section(this))
        {
            var (key, queue, now) = (ask.Key, ask.Queue, section.Now);
            ask.IsDone = true;
            (lastAnswer, key.Failures, key.WeightFactor) = (now, 0, answer.WeightFactor);
            Place(queue, key, answer, isAsked: ask.Message!.Tokens.Count > 0, now);
            probes.Granted(answer.Grants.Count, now);
            if (IsProbe(ask) && answer.Grants.Count > 0)
            {
                probes.GiveBack(now);
            }

            denials += answer.Grants.Count == 0 && ask.Waiters.Count > 0 ? 1 : 0;
            var isLate = now - ask.AskedAt > SendWithin;
            for (var i = 0; i < answer.Grants.Count; i++)
            {
                if (isLate || !Hand(ask, answer, i))
                {
                    unused++;
                    AddSettlement(key, ToSettlement(queue.Model, answer, i), isUrgent: true, now);
                }
            }

            if (ask.Waiters.Count > 0)
            {
                TakeBack(ask, answer.Denial, answer.NextIn > answer.FreeIn || ask.Waiters[0].Request.Pinned is not null ? now + answer.NextIn : null);
            }

            SendUrgent(key, queue, now);
            Pump(queue, now);
        }
    }

    private void Failed(AskInFlight ask)
    {
        using (var section = new Section(this))
        {
            var (key, now) = (ask.Key, section.Now);
            ask.IsDone = true;
            failures++;
            lastFailure = now;
            key.Failures++;
            foreach (var settlement in ask.Message!.Settlements.Where(settlement => IsTeaching(settlement.Outcome.Kind)))
            {
                // To be told twice does no harm here; to give a token back twice would.
                AddSettlement(key, settlement, isUrgent: false, now);
            }

            var pause = Doubled(options.SilenceMin, options.SilenceMax, key.Failures);
            if (key.Slot >= 0)
            {
                ask.Queue.Of(key).Postpone(key.Slot, (now + pause).UtcTicks, KeyStanding.Silent);
            }

            TakeBack(ask, KeyDenialReason.StoreUnavailable, ask.Waiters.Exists(waiter => waiter.Request.Pinned is not null) ? now + pause : null);
            Pump(ask.Queue, now);
        }
    }

    /// <summary>Asks that were not answered in time are of no use any more: a call must be sent soon after its grant.</summary>
    private void WriteOff(DateTimeOffset now)
    {
        while (flights.TryPeek(out var ask) && (ask.IsDone || now - ask.AskedAt > SendWithin))
        {
            flights.Dequeue();
            if (ask.IsDone)
            {
                continue;
            }

            writtenOff++;
            if (ask.Key.Slot >= 0)
            {
                ask.Queue.Of(ask.Key).Postpone(ask.Key.Slot, long.MaxValue, KeyStanding.Silent);
            }

            TakeBack(ask, KeyDenialReason.StoreUnavailable, null);
            Pump(ask.Queue, now);
        }
    }

    /// <summary>Hands a grant to the call it was asked for, or to another one that the ask was for.</summary>
    private bool Hand(AskInFlight ask, LedgerAnswer answer, int index)
    {
        var grant = answer.Grants[index];
        var waiter = index < ask.Waiters.Count && ask.Waiters[index].Ask == ask
            ? ask.Waiters[index]
            : ask.Waiters.FindLast(other => other.Ask == ask && other.Request.EstimatedTokens <= grant.ChargedTokens);
        if (waiter is null)
        {
            return false;
        }

        if (waiter.Request.Affinity is { } conversation && ask.Key.Slot >= 0)
        {
            affinities.Set(conversation, ask.Key);
        }

        grants++;
        Finish(waiter, LeaseResult.Granted(NewLease(ask.Key, ask.Queue.Model, ask.AskedAtWall, answer, grant)));
        return true;
    }

    private ClusterLease NewLease(ClusterKey key, string model, DateTimeOffset askedAtWall, LedgerAnswer answer, LedgerGrant grant) =>
        new ClusterLease(key, model, askedAtWall, askedAtWall + SendWithin, grant.ChargedTokens, answer.Term, grant.Stamp, answer.IsLittleUsed);

    private void Finish(ClusterWaiter waiter, LeaseResult result)
    {
        waiter.Result = result;
        waiter.Ask = null;
        completed.Add(waiter);
    }

    /// <summary>Calls that got no token are first in line again.</summary>
    private void TakeBack(AskInFlight ask, KeyDenialReason denial, DateTimeOffset? refusedUntil)
    {
        for (var i = ask.Waiters.Count - 1; i >= 0; i--)
        {
            var waiter = ask.Waiters[i];
            if (waiter.Ask != ask)
            {
                continue;
            }

            (waiter.Ask, waiter.PinnedDenial) = (null, denial);
            if (refusedUntil is { } until && ask.Key.Slot >= 0)
            {
                waiter.Refuse(ask.Key.Slot, until.UtcTicks);
            }

            waiting.Return(waiter, PinnedSlot(waiter.Request));
        }
    }

    private void Place(ClusterQueue queue, ClusterKey key, LedgerAnswer answer, bool isAsked, DateTimeOffset now)
    {
        if (key.Slot < 0)
        {
            return;
        }

        var keys = queue.Of(key);
        keys.MakeReady(key.Slot);
        for (var i = 0; i < answer.Grants.Count; i++)
        {
            keys.Charge(key.Slot, key.Weight);
        }

        key.Refusals = answer.Grants.Count > 0 ? 0 : key.Refusals + (isAsked ? 1 : 0);
        var courtesy = key.IsOwn ? TimeSpan.Zero : Doubled(options.CourtesyMin, options.CourtesyMax, Math.Max(1, key.Refusals));
        var isReady = answer.FreeIn <= TimeSpan.Zero && (answer.Denial is KeyDenialReason.None || answer.NextIn > TimeSpan.Zero);
        var due = now + courtesy + (answer.FreeIn > DenialMin ? answer.FreeIn : DenialMin);
        switch (answer.Denial)
        {
            case KeyDenialReason.State:
                foreach (var each in queues.All.Where(each => each == queue || each.StandingOf(key) is KeyStanding.Ready or KeyStanding.Waiting))
                {
                    each.Of(key).Postpone(key.Slot, (now + options.OutOfUsePause).UtcTicks, KeyStanding.OutOfUse);
                }

                break;
            case KeyDenialReason.Day:
                keys.Postpone(key.Slot, due.UtcTicks, KeyStanding.DayExhausted);
                break;
            case KeyDenialReason.ModelUnavailable:
                keys.Postpone(key.Slot, due.UtcTicks, KeyStanding.ModelUnavailable);
                break;
            case KeyDenialReason.NeedsCheckpoint:
                keys.Postpone(key.Slot, (now + options.CheckpointPause).UtcTicks, KeyStanding.AwaitsStore);
                break;
            case KeyDenialReason.StoreUnavailable:
                keys.Postpone(key.Slot, due.UtcTicks, KeyStanding.Silent);
                break;
            default:
                if (!isReady)
                {
                    keys.Postpone(key.Slot, due.UtcTicks, KeyStanding.Waiting);
                }

                break;
        }
    }

    private static TimeSpan Doubled(TimeSpan shortest, TimeSpan longest, int times) =>
        TimeSpan.FromTicks((long)Math.Min(longest.Ticks, shortest.Ticks * Math.Pow(2, Math.Min(times, 30) - 1)));
}
