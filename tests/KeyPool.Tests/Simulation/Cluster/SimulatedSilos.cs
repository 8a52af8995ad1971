using GeminiBalance.TestKit;

namespace GeminiBalance.KeyPool.Tests.Simulation.Cluster;

/// <summary>Some silos, and who of them holds which key, as a cluster believes. Keys come to life where they are asked for.</summary>
internal sealed class SimulatedSilos
{
    private static readonly TimeSpan SkewMax = TimeSpan.FromSeconds(5);
    private readonly Random random;
    private readonly ManualTimeProvider time;
    private readonly InMemoryClaimStore store;
    private readonly KeyLedgerOptions options;
    private readonly List<SimulatedSilo> silos = [];
    private readonly Dictionary<KeyId, SimulatedSilo> owners = [];
    private int born;

    public SimulatedSilos(int count, KeyLedgerOptions options, ManualTimeProvider time, Random random)
    {
        (this.options, this.time, this.random) = (options, time, random);
        store = new InMemoryClaimStore(time);
        for (var i = 0; i < count; i++)
        {
            silos.Add(NewSilo());
        }
    }

    /// <summary>Which key was moved to which project's ledger, and when that was in force.</summary>
    public List<(KeyId Key, KeyId? Project, DateTimeOffset At)> Moves { get; } = [];

    /// <summary>Null when the key cannot be claimed now.</summary>
    public SimulatedSilo? Find(KeyId key)
    {
        if (owners.TryGetValue(key, out var owner) && !owner.IsDead && owner.Holds(key))
        {
            return owner;
        }

        var next = Any();
        return !next.IsFrozen && next.TryClaim(key) ? owners[key] = next : null;
    }

    /// <summary>Everything that may happen to silos, one at a time.</summary>
    public void Trouble(KeyId key)
    {
        switch (random.Next(7))
        {
            case 0: // Killed, and another one started.
                var victim = random.Next(silos.Count);
                silos[victim].Kill();
                silos[victim] = NewSilo();
                break;
            case 1: // Stands still; nobody notices.
                Any().FrozenUntil = time.GetUtcNow() + TimeSpan.FromMilliseconds(random.Next(50, 12_000));
                break;
            case 2: // Stands still and is taken for dead.
                var frozen = Any();
                frozen.FrozenUntil = time.GetUtcNow() + TimeSpan.FromMilliseconds(random.Next(1_000, 90_000));
                Forget(frozen);
                break;
            case 3: // Taken for dead while it runs: its keys get twins.
                Forget(Any());
                break;
            case 4:
                store.Failure = store.Failure is null ? new IOException("away") : null;
                break;
            case 5:
                Any().CutUntil = time.GetUtcNow() + TimeSpan.FromMilliseconds(random.Next(500, 60_000));
                break;
            default:
                Move(key);
                break;
        }
    }

    /// <summary>Has the ledger that an ask names count for a key, if the ask named another than before. Messages take their time, and get lost with those who wait.</summary>
    public void Carry(SimulatedSilo silo, KeyId key, Action<Action> travel) => silo.BeginMove(key, (project, ledger) =>
    {
        if (project is not { } to)
        {
            End();
            return;
        }

        travel(() =>
        {
            if (Find(to) is { IsFrozen: false } counting)
            {
                counting.CountIn(to, ledger, () => travel(End));
            }
        });

        void End()
        {
            if (!silo.IsDead && !silo.IsFrozen && silo.EndMove(key, project))
            {
                Moves.Add((key, project, time.GetUtcNow()));
            }
        }
    });

    /// <summary>Moves a key to another silo, cleanly.</summary>
    public void Move(KeyId key)
    {
        if (owners.Remove(key, out var owner) && owner is { IsDead: false, IsFrozen: false })
        {
            owner.HandOver(key);
        }
    }

    public void Heal()
    {
        store.Failure = null;
        foreach (var silo in silos)
        {
            (silo.FrozenUntil, silo.CutUntil) = (DateTimeOffset.MinValue, DateTimeOffset.MinValue);
        }
    }

    private SimulatedSilo Any() => silos[random.Next(silos.Count)];

    private void Forget(SimulatedSilo silo)
    {
        foreach (var key in owners.Where(owner => owner.Value == silo).Select(owner => owner.Key).ToList())
        {
            owners.Remove(key);
        }
    }

    private SimulatedSilo NewSilo() =>
        new($"silo-{born++}", TimeSpan.FromTicks(random.NextInt64(-SkewMax.Ticks, SkewMax.Ticks)), store, time, options);
}
