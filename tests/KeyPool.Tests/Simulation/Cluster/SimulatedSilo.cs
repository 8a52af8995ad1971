using GeminiBalance.TestKit;

namespace GeminiBalance.KeyPool.Tests.Simulation.Cluster;

/// <summary>A process that holds ledgers, on a clock of its own: it beats, asks the store what it has lost, and writes, as a silo does.</summary>
internal sealed class SimulatedSilo
{
    private const int BeatsPerQuestion = 4;
    private static readonly TimeSpan BeatEvery = TimeSpan.FromMilliseconds(500);
    private readonly string name;
    private readonly InMemoryClaimStore store;
    private readonly ManualTimeProvider time;
    private readonly SkewedClock clock;
    private readonly KeyLedgerOptions options;
    private readonly HolderPulse pulse;
    private readonly ITimer beat;
    private readonly Dictionary<KeyId, LedgerHolder> holders = [];
    private readonly List<(LedgerHolder Holder, Action Then)> awaited = [];
    private int beats;

    public SimulatedSilo(string name, TimeSpan skew, InMemoryClaimStore store, ManualTimeProvider time, KeyLedgerOptions options)
    {
        (this.name, this.store, this.time, this.options) = (name, store, time, options);
        clock = new SkewedClock(time, skew);
        pulse = new HolderPulse(HolderPulseOptions.Default, Now);
        Hear();
        beat = time.CreateTimer(_ => Beat(), null, BeatEvery, BeatEvery);
    }

    public bool IsDead { get; private set; }

    public DateTimeOffset FrozenUntil { get; set; }

    /// <summary>Until when it alone does not reach the store.</summary>
    public DateTimeOffset CutUntil { get; set; }

    public bool IsFrozen => time.GetUtcNow() < FrozenUntil;

    private DateTimeOffset Now => clock.GetUtcNow();

    private bool Reaches => store.Failure is null && time.GetUtcNow() >= CutUntil;

    public void Kill()
    {
        IsDead = true;
        beat.Dispose();
    }

    public bool Holds(KeyId key) => holders.ContainsKey(key);

    public bool TryClaim(KeyId key)
    {
        if (!Reaches)
        {
            return false;
        }

        var claimed = store.ClaimAsync(name, [key], CancellationToken.None).AsTask().Result[0];
        holders[key] = new LedgerHolder(claimed, options, pulse, Now);
        return true;
    }

    /// <summary>Gives a key back cleanly, if it can.</summary>
    public void HandOver(KeyId key)
    {
        if (holders.Remove(key, out var holder) && Reaches)
        {
            var last = new HeldLedger(key, holder.Term, holder.TakeSnapshot(Now, withWindows: true));
            _ = store.CloseAsync(name, [last], CancellationToken.None).AsTask().Result;
        }
    }

    public LedgerAnswer Answer(KeyId key, LedgerAsk ask) => holders[key].Answer(ask, Now);

    /// <summary>The move that the key's last ask named, once it has begun and is stored.</summary>
    public void BeginMove(KeyId key, Action<KeyId?, KeyLedgerSnapshot> then)
    {
        var holder = holders[key];
        if (holder.WantedMove is { } move && holder.BeginMove(move))
        {
            awaited.Add((holder, () =>
            {
                if (holder.IsMoving)
                {
                    then(holder.MovesTo, holder.Read(Now));
                }
            }));
        }
    }

    public bool EndMove(KeyId key, KeyId? project)
    {
        if (!holders.TryGetValue(key, out var holder) || !holder.IsMoving || holder.MovesTo != project)
        {
            return false;
        }

        holder.EndMove();
        return true;
    }

    public void CountIn(KeyId project, KeyLedgerSnapshot key, Action whenStored)
    {
        holders[project].CountIn(key, Now);
        awaited.Add((holders[project], whenStored));
    }

    public void Settle(KeyId key, IReadOnlyList<LedgerSettlement> settlements) => holders[key].Settle(settlements, Now);

    public void Enable(KeyId key) => holders[key].Enable();

    private void Beat()
    {
        if (IsFrozen)
        {
            return;
        }

        pulse.Beat(Now);
        Write();
        if (++beats % BeatsPerQuestion == 0)
        {
            Hear();
        }
    }

    private void Hear()
    {
        if (!Reaches)
        {
            pulse.Failed(Now);
            return;
        }

        foreach (var lost in store.ListLostAsync(name, CancellationToken.None).AsTask().Result)
        {
            if (holders.TryGetValue(lost.Key, out var holder) && holder.Term == lost.Term)
            {
                holders.Remove(lost.Key);
            }
        }

        pulse.Answered(Now, Now);
    }

    private void Write()
    {
        foreach (var (key, holder) in holders.Where(held => held.Value.IsChanged).ToList())
        {
            var ledger = new HeldLedger(key, holder.Term, holder.TakeSnapshot(Now, withWindows: false));
            if (!Reaches)
            {
                holder.NotStored(Now);
            }
            else if (store.SaveAsync(name, [ledger], CancellationToken.None).AsTask().Result.Count == 0)
            {
                holder.Stored();
                var stored = awaited.Where(other => other.Holder == holder).ToList();
                awaited.RemoveAll(stored.Contains);
                stored.ForEach(other => other.Then());
            }
            else
            {
                holders.Remove(key);
            }
        }
    }
}
