using GeminiBalance.Gateway.Cluster.Members;
using GeminiBalance.Gateway.Hosting;
using GeminiBalance.Grains;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Cluster.Keys;

/// <summary>Keeps the keys of the cluster in line with <c>API_KEYS</c> when settings were changed here; the other gateways hear of those too.</summary>
internal sealed class ConfiguredKeys(KeyRows rows, KeyNews news, Announcer announcer) : IConfiguredKeys
{
    public async Task<(int Added, int Removed)> FollowAsync(IReadOnlyList<ApiKey> configured, CancellationToken cancellationToken)
    {
        var (added, removed) = await rows.FollowAsync(configured, cancellationToken);
        if (added + removed > 0)
        {
            await news.SpreadAsync(cancellationToken);
        }

        await announcer.TellAllAsync(ClusterChangeKind.Settings);
        return (added, removed);
    }
}
