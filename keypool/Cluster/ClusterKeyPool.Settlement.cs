namespace GeminiBalance.KeyPool;

/// <content>Telling ledgers how calls ended. What others wait for goes at once; the rest goes along with the key's next ask.</content>
public sealed partial class ClusterKeyPool
{
    private readonly EgressMonitor egress = new();
    private readonly PriorityQueue<ClusterKey, long> settling = new();
    private readonly List<(KeyId Key, KeyId? Project, IReadOnlyList<LedgerSettlement> Settlements)> messages = [];

    /// <summary>Keys to look at when their settlements have gathered long enough.</summary>
    internal int SettlingCount
    {
        get
        {
            lock (gate)
            {
                return settling.Count;
            }
        }
    }

    public void Settle(KeyLease lease, in CallOutcome outcome)
    {
        if (outcome.Kind is < CallOutcomeKind.Succeeded or > CallOutcomeKind.ClientLeft || lease is not ClusterLease own || !lease.TrySettle())
        {
            return;
        }

        using (var section = new Section(this))
        {
            Settle(own, egress.Judge(own.Key.Id, outcome, own.IsLittleUsed, section.Now), section.Now);
        }
    }

    private void Settle(ClusterLease lease, in CallOutcome outcome, DateTimeOffset now)
    {
        var (key, queue) = (lease.From, queues.FindFor(lease.Model, lease.From));
        PauseOrResume(lease, outcome, now);
        key.TroubledAt = IsTrouble(outcome.Kind) ? now : key.TroubledAt;

        var sentAfter = outcome.SentAt - lease.AskedAt;
        var settlement = new LedgerSettlement(lease.Model, lease.Term, lease.Grant.Stamp, lease.Grant.ChargedTokens, outcome with { SentAt = null }, sentAfter);

        // A token that comes back, or a charge that shrinks, is worth a message when somebody may wait for it.
        var hasTokenLimit = (queue?.LimitsFor(key, limits).TokensPerMinute ?? 0) > 0;
        var isLooser = outcome.Kind == CallOutcomeKind.NotSent || (hasTokenLimit && outcome.PromptTokens < lease.EstimatedTokens);
        var isAwaited = isLooser && key.Slot >= 0 && queue?.StandingOf(key) is KeyStanding.Waiting or KeyStanding.DayExhausted;
        var isAwaitedElsewhere = isLooser && key.Slot >= 0 && IsAwaitedBeside(queue, key);
        AddSettlement(key, lease.Project, settlement, Teaches(settlement) || isAwaited || isAwaitedElsewhere || lease.IsProbe || (hasTokenLimit && CostMore(settlement)), now);
        if (isAwaitedElsewhere)
        {
            AskAnew(lease.Model, key, now);
        }

        SendUrgent(key, queue, now);
        if (lease.IsProbe)
        {
            Post(key); // Where the key is being asked: who probed tells others what the ledger then knows.
        }
    }

    private void AskAnew(string model, ClusterKey key, DateTimeOffset now)
    {
        foreach (var queue in queues.Of(model))
        {
            queue.Reconsider(key);
            Pump(queue, now); // Its ask takes the settlement along.
        }
    }

    /// <summary>Whether calls with other needs may wait for the key.</summary>
    private bool IsAwaitedBeside(ClusterQueue? queue, ClusterKey key)
    {
        foreach (var sibling in queue is null ? [] : queues.Of(queue.Model))
        {
            if (sibling != queue && sibling.StandingOf(key) is KeyStanding.Waiting or KeyStanding.DayExhausted)
            {
                return true;
            }
        }

        return false;
    }

    private void PauseOrResume(ClusterLease lease, in CallOutcome outcome, DateTimeOffset now)
    {
        var isRefused = outcome.Kind == CallOutcomeKind.EgressRefused && egress.IsLimited(now);
        foreach (var queue in queues.Of(lease.Model))
        {
            if (queue.Needs.Kind != lease.Kind)
            {
                continue;
            }

            if (isRefused)
            {
                queue.Pause(lease.AskedAtSteady.UtcTicks, now.UtcTicks, options.EgressPauseMin, options.EgressPauseMax);
            }
            else if (outcome.Kind == CallOutcomeKind.Succeeded)
            {
                queue.Served();
            }
        }
    }

    /// <summary>Whether the ledger must be told, twice rather than never: to grant less than it would do.</summary>
    private bool IsWarning(LedgerSettlement settlement) => Teaches(settlement) || CostMore(settlement);

    /// <summary>Whether it changes what the key may do: other gateways should know soon.</summary>
    private bool Teaches(LedgerSettlement settlement) => settlement.SentAfter > SendWithin || settlement.Outcome.LearnedLimits is { Count: > 0 }
        || IsTrouble(settlement.Outcome.Kind);

    private static bool IsTrouble(CallOutcomeKind kind) => kind is CallOutcomeKind.KeyRejected or CallOutcomeKind.KeySuspended
        or CallOutcomeKind.KeyRateLimited or CallOutcomeKind.KeyDayExhausted or CallOutcomeKind.ModelNotAvailable;

    private static bool CostMore(LedgerSettlement settlement) => settlement.Outcome.PromptTokens > settlement.ChargedTokens;

    private static LedgerSettlement ToNotSent(string model, LedgerAnswer answer, int index) => new(
        model, answer.Term, answer.Grants[index].Stamp, answer.Grants[index].ChargedTokens, new CallOutcome(CallOutcomeKind.NotSent), null);

    /// <param name="key">The key of the call.</param>
    /// <param name="project">The project whose ledger granted; null for the key's own.</param>
    /// <param name="settlement">How the call ended.</param>
    /// <param name="isUrgent">Whether others wait for it.</param>
    /// <param name="now">The time.</param>
    private void AddSettlement(ClusterKey key, KeyId? project, LedgerSettlement settlement, bool isUrgent, DateTimeOffset now)
    {
        if (project != key.Project)
        {
            settlementMessages++;
            messages.Add((key.Key.Id, project, [settlement])); // To the ledger that granted.
            if (settlement.SentAfter is not { } after || after <= SendWithin)
            {
                return;
            }

            settlement = ProjectLedgers.CountedOnly(settlement); // Sent so late that it counts where the key's quota is now.
        }

        if (!key.IsSettling)
        {
            key.IsSettling = true;
            settling.Enqueue(key, (now + options.SettleWithin).UtcTicks);
        }

        key.AddPending(settlement, now.UtcTicks);
        key.HasUrgent |= isUrgent;
        if (key.Slot < 0 || !isOpen || key.PendingCount >= options.PendingSettlementsMax)
        {
            Post(key);
        }
    }

    /// <summary>Asks for nothing, so that the answer tells how the key stands after what it is told.</summary>
    private void SendUrgent(ClusterKey key, ClusterQueue? queue, DateTimeOffset now)
    {
        if (!key.HasUrgent || key.PendingCount == 0)
        {
            return;
        }

        if (queue is null)
        {
            Post(key);
        }
        else if (!queue.IsBeingAsked(key) && queue.StandingOf(key) != KeyStanding.Silent)
        {
            settlementMessages++;
            Send(NewAsk(queue, key, now));
        }
    }

    private void PostDue(DateTimeOffset now)
    {
        while (NextToPost() is { } next && next.Due <= now.UtcTicks)
        {
            Post(next.Key);
        }
    }

    /// <summary>The key whose settlements have gathered longest. Most went along with an ask before their time came; later ones of the key wait from then on.</summary>
    private (ClusterKey Key, long Due)? NextToPost()
    {
        while (settling.TryPeek(out var key, out var due))
        {
            var trueDue = key.PendingSince + options.SettleWithin.Ticks;
            if (key.PendingCount > 0 && trueDue <= due)
            {
                return (key, due);
            }

            settling.Dequeue();
            key.IsSettling = key.PendingCount > 0;
            if (key.IsSettling)
            {
                settling.Enqueue(key, trueDue);
            }
        }

        return null;
    }

    private void Post(ClusterKey key)
    {
        if (key.PendingCount > 0)
        {
            settlementMessages++;
            key.HasUrgent = false;
            messages.Add((key.Key.Id, key.Project, key.TakePending()));
        }
    }
}
