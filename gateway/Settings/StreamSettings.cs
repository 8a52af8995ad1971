namespace GeminiBalance.Gateway.Settings;

/// <summary>What is done to streams between the upstream and the client.</summary>
public sealed record StreamSettings
{
    /// <summary>Whether text is dealt out in small pieces.</summary>
    public bool IsPaced { get; init; }

    /// <summary>The pause after a piece of a long text.</summary>
    public TimeSpan DelayMin { get; init; } = TimeSpan.FromMilliseconds(16);

    /// <summary>The pause after a piece of a short text.</summary>
    public TimeSpan DelayMax { get; init; } = TimeSpan.FromMilliseconds(24);

    /// <summary>Up to so many characters a text is short.</summary>
    public int ShortTextChars { get; init; } = 10;

    /// <summary>From so many characters a text is long, and is dealt out in pieces of <see cref="PieceChars"/>.</summary>
    public int LongTextChars { get; init; } = 50;

    /// <summary>Characters of a piece of a long text.</summary>
    public int PieceChars { get; init; } = 5;

    /// <summary>Whether streams are made of whole answers.</summary>
    public bool IsFaked { get; init; }

    /// <summary>How often a client that waits for a whole answer is shown that somebody works on it.</summary>
    public TimeSpan FakeInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Whether a silent stream gets signs of life before its answer has begun, at the price of its true status.</summary>
    public bool BeatsBeforeAnswer { get; init; }

    /// <summary>Further calls for the rest of one cut answer; zero: a cut answer is an error.</summary>
    public int ContinuationsMax { get; init; }
}
