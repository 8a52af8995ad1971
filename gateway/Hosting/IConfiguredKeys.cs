using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Hosting;

/// <summary>Keeps the pool in line with the keys of the settings while the process runs.</summary>
internal interface IConfiguredKeys
{
    /// <summary>Adds the keys that are new in the settings, and removes those that came from there and are gone. Not for two callers at once.</summary>
    Task<(int Added, int Removed)> FollowAsync(IReadOnlyList<RosterKey> configured, CancellationToken cancellationToken);
}
