namespace GeminiBalance.KeyPool;

/// <summary>
/// The order in which keys are asked for one model. Ready keys are ordered by stride: a use moves a key back by the inverse of its weight,
/// so that uses come in proportion to weights. The others are ordered by the moment their ledger named. All of it is a hint.
/// </summary>
internal sealed class KeyQueue
{
    private const double StrideOne = 1 << 20;
    private const int PromotionsMax = 16;
    private readonly SlotHeap ready = new();
    private readonly SlotHeap future = new();
    private readonly int[] counts = new int[(int)KeyStanding.Overdue + 1];
    private KeyStanding[] standings = [];
    private long currentPass;

    /// <summary>When the next key that is not ready should have a token; never when there is none.</summary>
    public long NextDue => future.Count == 0 ? long.MaxValue : future.FirstRank;

    public bool HasReady => ready.Count > 0;

    public int FirstReady => ready.First;

    public int Count(KeyStanding standing) => counts[(int)standing];

    public KeyStanding StandingOf(int slot) => slot < standings.Length ? standings[slot] : KeyStanding.Absent;

    /// <summary>When a key that is not ready should have a token.</summary>
    public long DueOf(int slot) => future.Contains(slot) ? future.RankOf(slot) : long.MinValue;

    public void Reserve(int slots)
    {
        ready.Reserve(slots);
        future.Reserve(slots);
        if (slots > standings.Length)
        {
            Array.Resize(ref standings, slots);
        }
    }

    /// <summary>The key may have a token. It gets no credit for the time it could not be used.</summary>
    public void MakeReady(int slot)
    {
        if (StandingOf(slot) == KeyStanding.Ready)
        {
            return;
        }

        Stand(slot, KeyStanding.Ready);
        future.Remove(slot);
        ready.Put(slot, Math.Max(currentPass, ready.RankOf(slot)));
    }

    /// <summary>The key has no token before a moment.</summary>
    public void Postpone(int slot, long until, KeyStanding standing)
    {
        Stand(slot, standing);
        ready.Remove(slot);
        future.Put(slot, until);
    }

    /// <summary>The key was used once.</summary>
    public void Charge(int slot, double weight)
    {
        var pass = Math.Max(currentPass, ready.RankOf(slot));
        if (!ready.Contains(slot))
        {
            return;
        }

        currentPass = ready.FirstRank;
        ready.Put(slot, pass + (long)(StrideOne / Math.Max(weight, 1e-6)));
    }

    /// <summary>Hands a key over to another queue, where it stands as it stood here.</summary>
    public void MoveTo(KeyQueue other, int slot)
    {
        var standing = StandingOf(slot);
        var due = future.RankOf(slot);
        Remove(slot);
        if (standing == KeyStanding.Ready)
        {
            other.MakeReady(slot);
        }
        else if (standing != KeyStanding.Absent)
        {
            other.Postpone(slot, due, standing);
        }
    }

    /// <summary>Takes a ready key out while another is sought for one call; <see cref="PutBack"/> returns it to its place.</summary>
    public void SetAside(int slot) => ready.Remove(slot);

    public void PutBack(int slot) => ready.Put(slot, ready.RankOf(slot));

    /// <summary>Moves keys whose moment has come to the ready ones: a few at a time, so that no call pays for all.</summary>
    public void Promote(long now)
    {
        for (var moved = 0; moved < PromotionsMax && NextDue <= now; moved++)
        {
            MakeReady(future.First);
        }
    }

    /// <summary>As <see cref="NextDue"/>, without some keys; they keep their place.</summary>
    public long NextDueExcept(Predicate<int> isExcluded)
    {
        List<int>? skipped = null;
        while (future.Count > 0 && isExcluded(future.First))
        {
            (skipped ??= []).Add(future.First);
            future.Remove(future.First);
        }

        var due = NextDue;
        foreach (var slot in skipped ?? [])
        {
            future.Put(slot, future.RankOf(slot));
        }

        return due;
    }

    /// <summary>Forgets a key; its slot may get another.</summary>
    public void Remove(int slot)
    {
        if (StandingOf(slot) != KeyStanding.Absent)
        {
            Stand(slot, KeyStanding.Absent);
            ready.Forget(slot);
            future.Forget(slot);
        }
    }

    /// <summary>Keys in use whose moment may have changed, such as after new limits, are asked again.</summary>
    public void Reconsider(Func<KeyStanding, bool> which)
    {
        for (var slot = 0; slot < standings.Length; slot++)
        {
            if (standings[slot] != KeyStanding.Absent && standings[slot] != KeyStanding.OutOfUse && which(standings[slot]))
            {
                MakeReady(slot);
            }
        }
    }

    private void Stand(int slot, KeyStanding standing)
    {
        if (slot >= standings.Length)
        {
            Array.Resize(ref standings, Math.Max(slot + 1, 2 * standings.Length));
        }

        counts[(int)standings[slot]]--;
        counts[(int)standing]++;
        standings[slot] = standing;
    }
}
