namespace GeminiBalance.KeyPool;

/// <summary>The bounds and intervals of a <see cref="LocalKeyPool"/>.</summary>
public sealed record LocalKeyPoolOptions
{
    public static LocalKeyPoolOptions Default { get; } = new();

    public KeyLedgerOptions Ledger { get; init; } = KeyLedgerOptions.Default;

    /// <summary>Calls that may wait at once, over all models.</summary>
    public int WaitersMax { get; init; } = 10_000;

    /// <summary>Conversations whose key is remembered.</summary>
    public int AffinitiesMax { get; init; } = 50_000;

    /// <summary>Places in the queues of all models together; a model takes one for each key. Bounds the models served at once.</summary>
    public int QueuePlacesMax { get; init; } = 2_000_000;

    /// <summary>Models served at once at the most, however few the keys.</summary>
    public int ModelsMax { get; init; } = 256;

    /// <summary>How long changes of ledgers gather before they are written together.</summary>
    public TimeSpan CheckpointInterval { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Ledgers written in one transaction at the most.</summary>
    public int CheckpointKeysMax { get; init; } = 5_000;

    /// <summary>How often the claim on the store is renewed.</summary>
    public TimeSpan ClaimRenewal { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a claim holds after its renewal began. A pool without a valid claim grants nothing.</summary>
    public TimeSpan ClaimValidity { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Whether to go on granting, degraded, while the store cannot be written. A crash in that time may then exceed limits per day.</summary>
    public bool GrantsWithoutStore { get; init; }

    /// <summary>The first pause of a model after the upstream refused this address; it doubles with every further refusal.</summary>
    public TimeSpan EgressPauseMin { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan EgressPauseMax { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Told about every failure of the store, outside of any lock.</summary>
    public Action<Exception>? StoreFailed { get; init; }
}
