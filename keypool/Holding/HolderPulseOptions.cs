namespace GeminiBalance.KeyPool;

/// <summary>How a process that holds ledgers makes sure that it still holds them.</summary>
public sealed record HolderPulseOptions
{
    public static HolderPulseOptions Default { get; } = new();

    /// <summary>How often the store is asked which claims were lost.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>After this time without an answer the question counts as failed.</summary>
    public TimeSpan AnswerWithin { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How old the last answer may be. A claim that was taken over is granted from for at most this long.</summary>
    public TimeSpan TrustedFor { get; init; } = TimeSpan.FromSeconds(6);

    /// <summary>A beat that comes later than this tells that the process stood still.</summary>
    public TimeSpan BeatWithin { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>Whether to stop granting when the store cannot be reached, even though then nobody can take a claim.</summary>
    public bool IsStrict { get; init; }
}
