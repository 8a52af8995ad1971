namespace GeminiBalance.Gateway.Responses;

/// <summary>Bounds of responses that are made while nobody waits.</summary>
internal static class BackgroundLimits
{
    /// <summary>Responses that one gateway makes at a time.</summary>
    public const int RunsMax = 100;

    /// <summary>Those of them that are one client's.</summary>
    public const int RunsPerClientMax = 50;

    /// <summary>Requests of them, all together, in bytes: they are held until they are answered.</summary>
    public const long BytesMax = 256L * 1024 * 1024;

    /// <summary>How often a gateway says that it still makes a response.</summary>
    public static readonly TimeSpan SignInterval = TimeSpan.FromSeconds(20);

    /// <summary>For how long that is believed. Longer than clocks of gateways differ and databases are away for a moment.</summary>
    public static readonly TimeSpan SignLifetime = TimeSpan.FromMinutes(2);

    /// <summary>The longest time that a response may take.</summary>
    public static readonly TimeSpan RunTimeMax = TimeSpan.FromHours(1);

    /// <summary>Attempts to cancel a response whose gateway says at the same moment that it makes it.</summary>
    public const int CancelAttemptsMax = 5;

    /// <summary>Attempts to write how a response has ended, while the database is away.</summary>
    public const int EndAttemptsMax = 12;

    /// <summary>Between two of them.</summary>
    public static readonly TimeSpan EndDelay = TimeSpan.FromSeconds(5);

    /// <summary>When a client that was refused for these bounds may ask again.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(10);
}
