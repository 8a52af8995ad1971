using GeminiBalance.Gateway.Cluster.Members;
using GeminiBalance.Gateway.Hosting;
using GeminiBalance.Grains;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Cluster.Keys;

/// <summary>Keeps the keys of the cluster in line with this gateway's <c>API_KEYS</c> when the settings are read again.</summary>
internal sealed class ConfiguredKeys(KeyRows rows, RosterFollower roster, Announcer announcer) : IConfiguredKeys
{
    public async Task<(int Added, int Removed)> FollowAsync(IReadOnlyList<ApiKey> configured, CancellationToken cancellationToken)
    {
        var (added, removed) = await rows.FollowAsync(configured, cancellationToken);
        if (added + removed > 0)
        {
            await roster.LookAsync(cancellationToken);
            await announcer.TellAllAsync(ClusterChangeKind.Keys);
        }

        return (added, removed);
    }
}
