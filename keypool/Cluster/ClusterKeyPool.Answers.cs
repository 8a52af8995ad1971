namespace GeminiBalance.KeyPool;

/// <content>What becomes of the calls that a ledger was asked for.</content>
public sealed partial class ClusterKeyPool
{
    private void Answered(AskInFlight ask, LedgerAnswer answer)
    {
        using (var section = new Section(this))
        {
            var (key, queue, now) = (ask.Key, ask.Queue, section.Now);
            var wasResting = IsResting(now);
            Land(ask);
            WasAnswered(now);
            (key.Failures, key.WeightFactor) = (0, answer.WeightFactor);
            visits.Granted(answer.Grants.Count, now);
            if (ask is { IsVisit: true, Waiters.Count: > 0 } && answer.Grants.Count > 0)
            {
                visits.GiveBack(now);
            }

            denials += answer.Grants.Count == 0 && ask.Waiters.Count > 0 ? 1 : 0;

            // A token that goes back is there for the next ask, which takes it along.
            var isOutdated = !HandOut(ask, answer, now) | ask.IsOutdated(limits);
            if (ask.Probe is null && key.Slot >= 0 && queue.Takes(key))
            {
                Place(ask, answer, isOutdated, now);
            }

            if (isOutdated)
            {
                TakeBack(ask, KeyDenialReason.None);
            }
            else
            {
                TakeBack(ask, answer, now);
            }

            if (wasResting)
            {
                PumpAll(now);
            }

            Pump(queue, now);
            PumpBeside(queue, now);
            SendUrgent(key, queue, now); // After the calls, whose asks take settlements along.
        }
    }

    private void Failed(AskInFlight ask)
    {
        using (var section = new Section(this))
        {
            var (key, now) = (ask.Key, section.Now);
            Land(ask);
            failures++;
            key.Failures++;
            WasInVain(now);
            ask.Probe?.TrySetResult(null);
            foreach (var settlement in ask.Message!.Settlements.Where(IsWarning))
            {
                // Others are not told again: to give a token back twice would be worse than not at all.
                AddSettlement(key, ask.Project, settlement, isUrgent: false, now);
            }

            var again = now + Doubled(options.SilenceMin, options.SilenceMax, key.Failures);
            if (ask.Probe is null && key.Slot >= 0 && ask.Queue.Takes(key))
            {
                ask.Queue.Of(key).Postpone(key.Slot, again.UtcTicks, KeyStanding.Silent);
            }

            TakeBack(ask, KeyDenialReason.StoreUnavailable, again);
            Pump(ask.Queue, now);
        }
    }

    /// <summary>Hands the grants to the calls they were asked for. What finds no call, or comes too late for one, goes back.</summary>
    /// <returns>Whether all were of use.</returns>
    private bool HandOut(AskInFlight ask, LedgerAnswer answer, DateTimeOffset now)
    {
        var before = unused;
        var isOfUse = now - ask.AskedAt <= SendWithin && ask.Key.Slot >= 0;
        for (var i = 0; i < answer.Grants.Count; i++)
        {
            if (!isOfUse || !Hand(ask, answer, i, now))
            {
                unused++;
                AddSettlement(ask.Key, ask.Project, ToNotSent(ask.Queue.Model, answer, i), isUrgent: true, now);
            }
        }

        ask.Probe?.TrySetResult(null);
        return unused == before;
    }

    private bool Hand(AskInFlight ask, LedgerAnswer answer, int index, DateTimeOffset now)
    {
        var grant = answer.Grants[index];
        if (ask.Probe is not null)
        {
            return ask.Probe.TrySetResult(NewLease(ask, answer, grant));
        }

        // When the call has left, another one that the ask was for may have the token.
        var waiter = index < ask.Waiters.Count && ask.Waiters[index].Ask == ask
            ? ask.Waiters[index]
            : ask.Waiters.FindLast(other => other.Ask == ask && other.Request.EstimatedTokens <= grant.ChargedTokens);
        if (waiter is null)
        {
            return index >= ask.Waiters.Count && Keep(ask, answer, grant, now);
        }

        Grant(waiter, NewLease(ask, answer, grant));
        return true;
    }

    private void Grant(ClusterWaiter waiter, ClusterLease lease)
    {
        if (waiter.Request.Affinity is { } conversation)
        {
            affinities.Set(conversation, lease.From);
        }

        grants++;
        Finish(waiter, LeaseResult.Granted(lease));
    }

    private ClusterLease NewLease(AskInFlight ask, LedgerAnswer answer, LedgerGrant grant) =>
        new(ask.Key, ask.Queue.Model, ask.AskedAtWall, ask.AskedAtWall + SendWithin, grant)
        {
            AskedAtSteady = ask.AskedAt,
            Term = answer.Term,
            Project = ask.Project,
            IsLittleUsed = answer.IsLittleUsed,
            IsProbe = ask.Probe is not null,
            Kind = ask.Key.Profile.Kind,
        };

    private void Finish(ClusterWaiter waiter, LeaseResult result)
    {
        NoLongerAskedFor(waiter);
        waiter.Result = result;
        completed.Add(waiter);
    }

    private void TakeBack(AskInFlight ask, LedgerAnswer answer, DateTimeOffset now)
    {
        // Whoever came behind the call that was denied was not judged: it may be smaller.
        var size = answer.Grants.Count < ask.Message!.Tokens.Count ? ask.Message.Tokens[answer.Grants.Count] : 0;
        TakeBack(ask, answer.Denial, now + answer.NextIn, size, isForSize: answer.NextIn > answer.FreeIn);
    }

    /// <summary>Calls that got no token are first in line again.</summary>
    /// <param name="ask">The ask that was for them.</param>
    /// <param name="denial">Why they got none.</param>
    /// <param name="until">When the key can be asked for them again; null for at once.</param>
    /// <param name="size">The smallest call for which this holds.</param>
    /// <param name="isForSize">Whether the key may be asked before for smaller calls; else its standing keeps all calls away that could use others.</param>
    private void TakeBack(AskInFlight ask, KeyDenialReason denial, DateTimeOffset? until = null, long size = 0, bool isForSize = false)
    {
        for (var i = ask.Waiters.Count - 1; i >= 0; i--)
        {
            var waiter = ask.Waiters[i];
            if (waiter.Ask != ask)
            {
                continue;
            }

            NoLongerAskedFor(waiter);
            waiter.LastDenial = denial;
            if (until is { } end && ask.Key.Slot >= 0 && waiter.Request.EstimatedTokens >= size && (isForSize || waiter.Request.Pinned is not null))
            {
                waiter.Refuse(ask.Key.Slot, end.UtcTicks);
            }

            waiting.Return(waiter, PinnedSlot(waiter.Request));
        }
    }
}
