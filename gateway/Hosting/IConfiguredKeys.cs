using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Hosting;

/// <summary>Keeps the pool in line with <c>API_KEYS</c> while the process runs.</summary>
internal interface IConfiguredKeys
{
    /// <summary>Adds the keys that are new in <c>API_KEYS</c>, and removes those that came from there and are gone. Not for two callers at once.</summary>
    Task<(int Added, int Removed)> FollowAsync(IReadOnlyList<ApiKey> configured, CancellationToken cancellationToken);
}
