namespace GeminiBalance.KeyPool;

/// <summary>Finds the key for a call: the best hint is asked first, its ledger decides, and a denial corrects the hint.</summary>
internal sealed class KeySelector(KeyRoster<LocalKey> roster, AffinityMap<LocalKey> affinities)
{
    // A call that is too large for the tokens left may fit another key; looking at all of them would cost too much.
    private const int TooSmallMax = 64;
    private readonly List<int> aside = [];

    public KeyLimitTable Limits { get; set; } = KeyLimitTable.Unlimited;

    public KeyChoice Choose(ModelQueue queue, LeaseRequest request, DateTimeOffset now)
    {
        if (queue.PausedUntil > now.UtcTicks)
        {
            return KeyChoice.Later(LeaseDenialReason.EgressLimited, queue.PausedUntil, blocksAll: request.Pinned is null);
        }

        if (request.Pinned is { } pinned)
        {
            return ChoosePinned(queue, request, pinned, now);
        }

        var choice = ChoosePreferred(queue, request, now) ?? ChooseBest(queue, request, now);
        if (choice.Key is { } key && request.Affinity is { } conversation)
        {
            affinities.Set(conversation, key);
        }

        return choice;
    }

    /// <summary>Asks a key's ledger where the key stands, takes nothing, and corrects its place.</summary>
    public void Reconsider(ModelQueue queue, LocalKey key, DateTimeOffset now) =>
        queue.Place(key, key.Peek(queue.Model, queue.LimitsFor(key, Limits), 1, now), now.UtcTicks);

    private GrantDecision Ask(ModelQueue queue, LocalKey key, LeaseRequest request, DateTimeOffset now)
    {
        var decision = key.TryGrant(queue.Model, queue.LimitsFor(key, Limits), request.EstimatedTokens, now);
        if (decision.IsGranted)
        {
            queue.Keys.Charge(key.Slot, key.Ledger.EffectiveWeight);
        }
        else
        {
            queue.Place(key, decision, now.UtcTicks);
        }

        return decision;
    }

    private KeyChoice? ChoosePreferred(ModelQueue queue, LeaseRequest request, DateTimeOffset now)
    {
        if (request is not { Affinity: { } conversation, PrefersKnownKey: true } || affinities.Find(conversation) is not { Slot: >= 0 } key || !queue.Takes(key) || IsExcluded(request, key))
        {
            return null;
        }

        var decision = Ask(queue, key, request, now);
        return decision.IsGranted ? KeyChoice.Chosen(key, decision) : null;
    }

    private KeyChoice ChoosePinned(ModelQueue queue, LeaseRequest request, KeyId pinned, DateTimeOffset now)
    {
        if (!roster.TryFind(pinned, out var key) || !queue.Takes(key))
        {
            return KeyChoice.Never(LeaseDenialReason.PinnedKeyUnavailable);
        }

        if (IsExcluded(request, key))
        {
            return KeyChoice.Never(LeaseDenialReason.AllTried);
        }

        var decision = Ask(queue, key, request, now);
        return decision.Denial switch
        {
            KeyDenialReason.None => KeyChoice.Chosen(key, decision),
            KeyDenialReason.State => KeyChoice.Never(LeaseDenialReason.PinnedKeyUnavailable),
            KeyDenialReason.ModelUnavailable => KeyChoice.Never(LeaseDenialReason.ModelNotAvailable),
            KeyDenialReason.Day => KeyChoice.Later(LeaseDenialReason.DayExhausted, decision.At.UtcTicks, blocksAll: false),
            KeyDenialReason.NeedsCheckpoint => KeyChoice.WhenStored(LeaseDenialReason.RateLimited, null, blocksAll: false),
            _ => KeyChoice.Later(LeaseDenialReason.RateLimited, decision.At.UtcTicks, blocksAll: false),
        };
    }

    private KeyChoice ChooseBest(ModelQueue queue, LeaseRequest request, DateTimeOffset now)
    {
        var tooLargeUntil = long.MaxValue;
        var tooLarge = 0;
        var choice = default(KeyChoice);
        do
        {
            queue.Keys.Promote(now.UtcTicks);
            while (choice.Key is null && queue.Keys.HasReady && tooLarge < TooSmallMax)
            {
                var slot = queue.Keys.FirstReady;
                var key = roster.At(slot)!;
                if (IsExcluded(request, key))
                {
                    SetAside(queue, slot);
                    continue;
                }

                var decision = Ask(queue, key, request, now);
                if (decision.IsGranted)
                {
                    choice = KeyChoice.Chosen(key, decision);
                }
                else if (queue.Keys.StandingOf(slot) == KeyStanding.Ready)
                {
                    tooLarge++;
                    tooLargeUntil = Math.Min(tooLargeUntil, decision.At.UtcTicks);
                    SetAside(queue, slot);
                }
            }
        }
        while (choice.Key is null && tooLarge < TooSmallMax && queue.Keys.NextDue <= now.UtcTicks);
        if (choice.Key is null)
        {
            choice = Explain(queue, request, tooLargeUntil, now.UtcTicks);
        }

        PutBack(queue);
        return choice;
    }

    private KeyChoice Explain(ModelQueue queue, LeaseRequest request, long tooLargeUntil, long now)
    {
        var keys = queue.Keys;
        var day = keys.Count(KeyStanding.DayExhausted);
        var store = keys.Count(KeyStanding.AwaitsStore);
        var soon = keys.Count(KeyStanding.Ready) + keys.Count(KeyStanding.Waiting);
        if (day + store + soon == 0)
        {
            return KeyChoice.Never(queue.ReasonForNone(keys.Count(KeyStanding.ModelUnavailable), keys.Count(KeyStanding.OutOfUse)));
        }

        foreach (var id in Distinct(request.Excluded))
        {
            var standing = roster.TryFind(id, out var key) ? keys.StandingOf(key.Slot) : KeyStanding.Absent;
            day -= standing is KeyStanding.DayExhausted ? 1 : 0;
            store -= standing is KeyStanding.AwaitsStore ? 1 : 0;
            soon -= standing is KeyStanding.Ready or KeyStanding.Waiting ? 1 : 0;
        }

        if (day + store + soon == 0)
        {
            return KeyChoice.Never(LeaseDenialReason.AllTried);
        }

        var earliest = Math.Min(tooLargeUntil, EarliestDue(queue, request));
        var blocksAll = request.Excluded.Count == 0 && tooLargeUntil == long.MaxValue;
        if (store > 0)
        {
            return KeyChoice.WhenStored(LeaseDenialReason.RateLimited, earliest == long.MaxValue ? null : earliest, blocksAll);
        }

        return KeyChoice.Later(soon > 0 ? LeaseDenialReason.RateLimited : LeaseDenialReason.DayExhausted, Math.Max(earliest, now), blocksAll);
    }

    /// <summary>When the next key that this call may use is due. Excluded keys are stepped over and keep their place.</summary>
    private long EarliestDue(ModelQueue queue, LeaseRequest request)
    {
        if (request.Excluded.Count == 0)
        {
            return queue.Keys.NextDue;
        }

        return queue.Keys.NextDueExcept(slot => IsExcluded(request, roster.At(slot)!));
    }

    private static IEnumerable<KeyId> Distinct(IReadOnlyCollection<KeyId> ids) => ids.Count < 2 ? ids : ids.Distinct();

    private static bool IsExcluded(LeaseRequest request, LocalKey key) => request.Excluded.Count > 0 && request.Excluded.Contains(key.Key.Id);

    private void SetAside(ModelQueue queue, int slot)
    {
        queue.Keys.SetAside(slot);
        aside.Add(slot);
    }

    private void PutBack(ModelQueue queue)
    {
        foreach (var slot in aside)
        {
            queue.Keys.PutBack(slot);
        }

        aside.Clear();
    }
}
