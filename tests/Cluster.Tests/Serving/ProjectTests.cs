using System.Net;
using GeminiBalance.Cluster.Tests.Hosts;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Cluster.Tests.Serving;

[Collection(SharedClusterCollection.Name)]
public sealed class ProjectTests(SharedCluster cluster)
{
    private const string Tag = "one-project";
    private static readonly LeaseRequest AtOnce = new() { Model = "gemini-2.5-flash", Needs = new KeyRequirement(KeyKind.Gemini, KeyTags.Of(Tag)) };

    [ClusterFact]
    public async Task Keys_PutInOneProjectOnOne_ShareItsQuotaOnAll_WithWhatTheySpentBefore()
    {
        await using var first = await cluster.StartGatewayAsync("--DEFAULT_RPM=5");
        await using var second = await cluster.StartGatewayAsync("--DEFAULT_RPM=5");
        string[] keys = [cluster.NewKey(), cluster.NewKey(), cluster.NewKey()];
        var ids = keys.Select(key => new ApiKey(key).Id).ToList();
        var mark = second.Logs.Mark();
        var names = string.Join(',', keys.Select(key => $"\"{key}\""));
        Assert.Equal(HttpStatusCode.OK, (await first.AdminAsync("POST", "/api/keys", $$"""{"keys":[{{names}}],"tags":["{{Tag}}"]}""")).Status);
        await second.Logs.WaitAsync(LogNumbers.RosterChanged, mark, "3 new or changed");
        Assert.Equal(3, await CountAsync(3, AtOnce with { Pinned = ids[0] }, second));

        foreach (var id in ids)
        {
            Assert.Equal(HttpStatusCode.OK, (await first.AdminAsync("PATCH", $"/api/keys/{id}", """{"project":"shared-by-three"}""")).Status);
        }

        Assert.Equal(2, await CountAsync(12, AtOnce, first, second)); // One of them may not have heard of it.
        var status = await first.Directory.FindAsync(ids[2], CancellationToken.None);
        Assert.Equal(5, Assert.Single(status!.Models).SpentThisMinute);
    }

    private static async Task<int> CountAsync(int times, LeaseRequest request, params ClusterGateway[] gateways)
    {
        var granted = 0;
        for (var i = 0; i < times; i++)
        {
            granted += (await gateways[i % gateways.Length].Pool.AcquireAsync(request, CancellationToken.None)).IsGranted ? 1 : 0;
        }

        return granted;
    }
}
