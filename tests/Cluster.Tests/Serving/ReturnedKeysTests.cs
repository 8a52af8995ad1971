using GeminiBalance.Cluster.Tests.Hosts;
using GeminiBalance.Gateway.Cluster.Keys;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Cluster.Tests.Serving;

[Collection(SharedClusterCollection.Name)]
public sealed class ReturnedKeysTests(SharedCluster cluster)
{
    /// <summary>As an import writes, and what a gateway does with its <c>API_KEYS</c> before it is connected to a silo.</summary>
    [ClusterFact]
    public async Task KeyAddedAnewInTheDatabaseAlone_IsBroughtBackByAGateway_OnceOnly()
    {
        await using var gateway = await cluster.StartGatewayAsync();
        var rows = gateway.Services.GetRequiredService<KeyRows>();
        var key = new ApiKey(cluster.NewKey());
        await gateway.Directory.AddAsync([key], CancellationToken.None);
        await gateway.Directory.DisableAsync(key.Id, "resting", CancellationToken.None);
        await gateway.Directory.RemoveAsync(key.Id, CancellationToken.None);

        await rows.AddAsync([key], new KeyProfile(), CancellationToken.None);
        await gateway.Services.GetRequiredService<RosterFollower>().LookAsync(CancellationToken.None);
        for (var mark = gateway.Logs.Mark(); (await rows.ListReturnedAsync([key.Id], CancellationToken.None)).Count > 0; mark = gateway.Logs.Mark())
        {
            await gateway.Logs.WaitAsync(LogNumbers.RosterChanged, mark);
        }

        Assert.Equal(KeyState.Active, (await gateway.Directory.FindAsync(key.Id, CancellationToken.None))?.State);
        await gateway.Directory.DisableAsync(key.Id, "again", CancellationToken.None);
        Assert.Empty(await gateway.Services.GetRequiredService<ReturnedKeys>().ReviveAsync([key.Id], CancellationToken.None));
        Assert.Equal(KeyState.Disabled, (await gateway.Directory.FindAsync(key.Id, CancellationToken.None))?.State);
    }
}
