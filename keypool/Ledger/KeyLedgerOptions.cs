namespace GeminiBalance.KeyPool;

/// <summary>The rules every ledger follows. Times are durations, counts are counts.</summary>
public sealed record KeyLedgerOptions
{
    public static KeyLedgerOptions Default { get; } = new();

    /// <summary>Of a cluster's ledgers: its clocks, and the upstream's, may lie further apart at midnight.</summary>
    public static KeyLedgerOptions Cluster { get; } = new() { DayGuard = TimeSpan.FromSeconds(10) };

    /// <summary>
    /// How long after its grant a call may still reach the upstream. Half of it is for sending (<see cref="SendWithin"/>),
    /// the other half for the network's jitter. A spent token comes back this much later than 60 seconds.
    /// </summary>
    public TimeSpan Guard { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How far the upstream's midnight may lie from ours. Calls granted this close to midnight count for both days.</summary>
    public TimeSpan DayGuard { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Consecutive, not conclusive failures by the key's fault after which it is rejected.</summary>
    public int MaxFailures { get; init; } = 3;

    /// <summary>The first cool-down after a 429 that names no delay; it doubles with every further one.</summary>
    public TimeSpan CoolDownMin { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The longest cool-down after a 429 that names no delay.</summary>
    public TimeSpan CoolDownMax { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The longest delay that is believed when the upstream names one.</summary>
    public TimeSpan RetryDelayMax { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How long a model that a key does not offer is not asked for again with this key.</summary>
    public TimeSpan ModelUnavailableFor { get; init; } = TimeSpan.FromHours(6);

    /// <summary>How long a learned limit is believed; after it, the configured one is tried again, so that a better tier is found.</summary>
    public TimeSpan LearnedLimitFor { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Models one key keeps state for. Clients may name any model, so this bounds memory.</summary>
    public int ModelsMax { get; init; } = 256;

    /// <summary>A lease must be sent within this time after its grant, so that it arrives within <see cref="Guard"/>.</summary>
    public TimeSpan SendWithin => Guard / 2;
}
