namespace GeminiBalance.Gateway.Settings;

/// <summary>How files, caches and jobs are kept.</summary>
public sealed record ResourceSettings
{
    /// <summary>Whether each client sees only what it has created itself.</summary>
    public bool IsolatesClients { get; init; } = true;

    /// <summary>Whether what has expired is deleted from the database.</summary>
    public bool DeletesExpired { get; init; } = true;

    /// <summary>How often.</summary>
    public TimeSpan CleanupInterval { get; init; } = TimeSpan.FromHours(1);
}
