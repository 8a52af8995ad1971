namespace GeminiBalance.Grains.Holding;

/// <summary>How a silo deals with its store.</summary>
public sealed record HoldingOptions
{
    /// <summary>The silo's name in the store; never the same for two runs.</summary>
    public required string Holder { get; init; }

    /// <summary>How long changes of ledgers gather before they are written together.</summary>
    public TimeSpan WriteInterval { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long claims and closes gather.</summary>
    public TimeSpan GatherFor { get; init; } = TimeSpan.FromMilliseconds(2);

    /// <summary>From the last grant of a silo that leaves until its answer has surely left: only then are the ledgers handed over.</summary>
    public TimeSpan AnswersLeaveWithin { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How long a claim that was not given back is waited for before it is taken over: its holder may be about to.</summary>
    public TimeSpan GivesBackWithin { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>From a silo's joining until it is given its part of the keys.</summary>
    public TimeSpan SpreadsAfter { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Keys in one call of the store.</summary>
    public int KeysMax { get; init; } = 2_000;

    /// <summary>How long a start waits for the store's first answer.</summary>
    public TimeSpan StartWithin { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a change made by a person waits for the store.</summary>
    public TimeSpan StoredWithin { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long one call of the store may take.</summary>
    public TimeSpan AnswerWithin { get; init; } = TimeSpan.FromSeconds(10);
}
