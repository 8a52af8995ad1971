namespace GeminiBalance.KeyPool;

/// <summary>The bounds and intervals of a <see cref="ClusterKeyPool"/>.</summary>
public sealed record ClusterKeyPoolOptions
{
    public static ClusterKeyPoolOptions Default { get; } = new();

    /// <summary>The rules the holders of ledgers follow; here, how long after a grant a call may be sent.</summary>
    public KeyLedgerOptions Ledger { get; init; } = KeyLedgerOptions.Cluster;

    /// <summary>Calls that may wait at once, over all models; and as many again may be asked for at once.</summary>
    public int WaitersMax { get; init; } = 10_000;

    /// <summary>Conversations whose key is remembered.</summary>
    public int AffinitiesMax { get; init; } = 50_000;

    /// <summary>Places in the queues of all models together; a model takes one for each key.</summary>
    public int QueuePlacesMax { get; init; } = 2_000_000;

    /// <summary>Models served at once at the most.</summary>
    public int ModelsMax { get; init; } = 256;

    /// <summary>Tokens asked of one ledger at once at the most.</summary>
    public int TokensPerAskMax { get; init; } = 32;

    /// <summary>Tokens that one ask brings for calls to come at the most.</summary>
    public int SparesMax { get; init; } = 16;

    /// <summary>How long a token is kept for a call to come, and how long calls are counted to know how many will. The rest of the time in which a call must be sent is left for sending it.</summary>
    public TimeSpan SparesWithin { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>The requests per minute of a key that allow one token for a call to come: slower keys have none to spare.</summary>
    public int RequestsPerMinutePerSpare { get; init; } = 60;

    /// <summary>How long a call may wait for ledgers that are being asked, whatever it is ready to wait for a token.</summary>
    public TimeSpan AskPatience { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>The first pause after a ledger could not be asked; it doubles with every further failure.</summary>
    public TimeSpan SilenceMin { get; init; } = TimeSpan.FromMilliseconds(250);

    public TimeSpan SilenceMax { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>How long a ledger that waits for its store is left alone.</summary>
    public TimeSpan CheckpointPause { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>How much later than its own gateway others ask for a key's next token; it doubles while they come in vain.</summary>
    public TimeSpan CourtesyMin { get; init; } = TimeSpan.FromMilliseconds(100);

    public TimeSpan CourtesyMax { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>Asks in vain to keys of other gateways that every token granted allows.</summary>
    public double VisitsPerGrant { get; init; } = 0.4;

    /// <summary>Asks in vain to keys of other gateways that are allowed in any case.</summary>
    public double VisitsPerSecond { get; init; } = 1;

    /// <summary>Asks in vain to keys of other gateways that can be saved up.</summary>
    public double VisitsMax { get; init; } = 64;

    /// <summary>After this time a key that was out of use is asked again: somebody may have brought it back.</summary>
    public TimeSpan OutOfUsePause { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long settlements that nobody waits for stay here for the key's next ask to take along.</summary>
    public TimeSpan SettleWithin { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Settlements of one key that may gather.</summary>
    public int PendingSettlementsMax { get; init; } = 128;

    /// <summary>Told about every ask that failed, outside of any lock.</summary>
    public Action<KeyId, Exception>? AskFailed { get; init; }

    /// <summary>The first pause of a model after the upstream refused this address; it doubles with every further refusal.</summary>
    public TimeSpan EgressPauseMin { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan EgressPauseMax { get; init; } = TimeSpan.FromSeconds(60);
}
