namespace GeminiBalance.Gateway.Settings;

/// <summary>What matters about a setting beside its value.</summary>
[Flags]
internal enum SettingTraits
{
    None = 0,

    /// <summary>Its text is never shown.</summary>
    Secret = 1,

    /// <summary>A change takes effect at the next start only.</summary>
    Restart = 2,

    /// <summary>There is no start without it.</summary>
    Required = 4,

    /// <summary>Read before the database is, so it cannot be stored there.</summary>
    Fixed = 8,
}
