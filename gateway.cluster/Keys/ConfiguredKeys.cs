using GeminiBalance.Gateway.Hosting;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Cluster.Keys;

/// <summary>Keeps the keys of the cluster in line with the keys of the settings when they were changed here.</summary>
internal sealed class ConfiguredKeys(KeyRows rows, KeyNews news) : IConfiguredKeys
{
    public async Task<(int Added, int Removed)> FollowAsync(IReadOnlyList<RosterKey> configured, CancellationToken cancellationToken)
    {
        var (added, removed) = await rows.FollowAsync(configured, cancellationToken);
        if (added + removed > 0)
        {
            await news.SpreadAsync(cancellationToken);
        }

        return (added, removed);
    }
}
