namespace GeminiBalance.Gateway.Settings;

/// <summary>The Live API: sessions over WebSocket.</summary>
public sealed record LiveSettings
{
    /// <summary>Open sessions of this process; zero: the Live API is off.</summary>
    public int SessionsMax { get; init; } = 1000;

    /// <summary>Open sessions of one key in this process; zero: any number.</summary>
    public int SessionsPerKey { get; init; } = 50;

    /// <summary>How long a session may be without a message in either direction.</summary>
    public TimeSpan IdleTimeOut { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long open sessions go on when the process is asked to stop.</summary>
    public TimeSpan DrainTime { get; init; } = TimeSpan.FromSeconds(10);
}
