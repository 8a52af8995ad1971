namespace GeminiBalance.KeyPool;

/// <content>Taking in how calls ended.</content>
public sealed partial class LocalKeyPool
{
    private readonly EgressMonitor egress = new();

    private void Settle(LocalKey key, KeyLease lease, in CallOutcome told, DateTimeOffset now)
    {
        var isSurprise = told.Kind == CallOutcomeKind.KeyRateLimited && key.IsLittleUsed(lease.Model, selector.Limits.Resolve(key.Key, lease.Model), now);
        var outcome = egress.Judge(key.Key.Id, told, isSurprise, now);
        var stateBefore = key.Ledger.State;
        key.Settle(lease, outcome, now);
        MarkDirty(key, isUrgent: false, now);
        if (key.Ledger.State != stateBefore)
        {
            ReconsiderEverywhere(key, now);
            return;
        }

        PauseOrResume(key, lease, outcome, now);

        var isLooser = outcome.Kind == CallOutcomeKind.NotSent || outcome.PromptTokens < lease.EstimatedTokens;
        var isTighter = outcome.LearnedLimits is not null
            || outcome.Kind is CallOutcomeKind.KeyRateLimited or CallOutcomeKind.KeyDayExhausted or CallOutcomeKind.ModelNotAvailable;
        foreach (var queue in queues.Of(lease.Model))
        {
            if (isTighter || (isLooser && queue.Keys.StandingOf(key.Slot) != KeyStanding.Ready))
            {
                selector.Reconsider(queue, key, now);
            }

            if ((isLooser || isTighter) && queue.WaiterCount > 0)
            {
                Pump(queue, now);
            }
        }
    }

    private void PauseOrResume(LocalKey key, KeyLease lease, in CallOutcome outcome, DateTimeOffset now)
    {
        // One refusal alone may be about the key's project or a file: the others must not wait for it.
        var isRefused = outcome.Kind == CallOutcomeKind.EgressRefused && egress.IsLimited(now);
        foreach (var queue in queues.Of(lease.Model))
        {
            if (queue.Needs.Kind != key.Profile.Kind)
            {
                continue;
            }

            if (isRefused)
            {
                queue.Pause(lease.GrantedAt.UtcTicks, now.UtcTicks, options.EgressPauseMin, options.EgressPauseMax);
            }
            else if (outcome.Kind == CallOutcomeKind.Succeeded)
            {
                queue.Served();
            }
        }
    }

    private void ReconsiderEverywhere(LocalKey key, DateTimeOffset now)
    {
        foreach (var queue in queues.All)
        {
            selector.Reconsider(queue, key, now);
            Pump(queue, now);
        }
    }
}
