using GeminiBalance.Gateway.Cluster.Members;
using GeminiBalance.Grains;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Cluster.Keys;

/// <summary>Has every gateway see what was changed: this one at once, the others when they are told, or with their next look.</summary>
internal sealed class KeyNews(KeyRows rows, RosterFollower roster, Announcer announcer)
{
    /// <summary>Sees what others have changed.</summary>
    public Task LookAsync(CancellationToken cancellationToken) => roster.LookAsync(cancellationToken);

    /// <summary>Rows were changed.</summary>
    public async Task SpreadAsync(CancellationToken cancellationToken)
    {
        await roster.LookAsync(cancellationToken);
        await announcer.TellAllAsync(ClusterChangeKind.Keys);
    }

    /// <summary>A key's state was changed, which its row does not show: the row counts as changed, so that every pool asks the ledger anew.</summary>
    public async Task SpreadStateAsync(RosterKey key, CancellationToken cancellationToken)
    {
        await rows.TouchAsync(key, cancellationToken);
        await SpreadAsync(cancellationToken);
    }
}
