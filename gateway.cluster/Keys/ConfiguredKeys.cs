using GeminiBalance.Gateway.Hosting;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Cluster.Keys;

/// <summary>Keeps the keys of the cluster in line with <c>API_KEYS</c> when it was changed here.</summary>
internal sealed class ConfiguredKeys(KeyRows rows, KeyNews news) : IConfiguredKeys
{
    public async Task<(int Added, int Removed)> FollowAsync(IReadOnlyList<ApiKey> configured, CancellationToken cancellationToken)
    {
        var (added, removed) = await rows.FollowAsync(configured, cancellationToken);
        if (added + removed > 0)
        {
            await news.SpreadAsync(cancellationToken);
        }

        return (added, removed);
    }
}
