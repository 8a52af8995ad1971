namespace GeminiBalance.KeyPool;

/// <content>Taking in how calls ended.</content>
public sealed partial class LocalKeyPool
{
    private readonly EgressMonitor egress = new();

    /// <summary>A 429 without a named quota is not held against the key when many little-used keys get one together: then the address is limited.</summary>
    private CallOutcome BlameEgress(LocalKey key, KeyLease lease, in CallOutcome outcome, DateTimeOffset now)
    {
        switch (outcome.Kind)
        {
            case CallOutcomeKind.KeyRateLimited when outcome.LearnedLimits is null or { Count: 0 }:
                var limits = selector.Limits.Resolve(key.Key, lease.Model);
                return egress.Observe(key.Key.Id, key.IsLittleUsed(lease.Model, limits, now), now)
                    ? outcome with { Kind = CallOutcomeKind.EgressRefused }
                    : outcome;
            case CallOutcomeKind.EgressRefused:
                egress.Observe(key.Key.Id, littleUsed: true, now);
                return outcome;
            case CallOutcomeKind.NotSent or CallOutcomeKind.ClientLeft or CallOutcomeKind.UpstreamTimedOut:
                return outcome; // Says nothing about whether the upstream takes calls from here.
            default:
                egress.ObserveOther(key.Key.Id, now);
                return outcome;
        }
    }

    private void Settle(LocalKey key, KeyLease lease, in CallOutcome outcome, DateTimeOffset now)
    {
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
