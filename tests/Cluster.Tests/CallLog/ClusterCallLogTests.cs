using System.Net;
using System.Text.Json;
using GeminiBalance.Cluster.Tests.Hosts;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Cluster.Tests.CallLog;

[Collection(SharedClusterCollection.Name)]
public sealed class ClusterCallLogTests(SharedCluster cluster)
{
    [ClusterFact]
    public async Task CallsOfEveryGateway_AddUp_AndAreInOneLog()
    {
        var key = cluster.NewKey();
        var id = new ApiKey(key).Id;
        await using var one = await cluster.StartGatewayAsync();
        await using var other = await cluster.StartGatewayAsync();
        await using var reader = await cluster.StartGatewayAsync();
        await AddKeyAsync(one, key, other, reader);
        var before = await CallsAsync(reader);

        await CallAsync(one, 3);
        await CallAsync(other, 2);
        await one.StopAsync();
        await other.StopAsync();

        Assert.Equal(before + 5, await CallsAsync(reader));
        var (status, log) = await reader.AdminAsync("GET", "/api/logs/requests?limit=5");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.All(log.GetProperty("logs").EnumerateArray(), row => Assert.Equal(
            ("succeeded", 200, ClusterGateway.Model), (row.GetProperty("outcome").GetString(), row.GetProperty("status").GetInt32(), row.GetProperty("model").GetString())));
        Assert.Equal(JsonValueKind.Array, (await reader.AdminAsync("GET", "/api/logs/errors")).Body.GetProperty("logs").ValueKind);
        Assert.Equal(JsonValueKind.Array, (await reader.AdminAsync("GET", $"/api/stats/trend?period=24h&key={id}")).Body.ValueKind);
        Assert.Equal(0, (await reader.AdminAsync("GET", "/api/logs/status")).Body.GetProperty("dropped").GetInt32());
        Assert.Contains(
            (await reader.AdminAsync("GET", "/api/stats/keys?period=30d&limit=1000")).Body.EnumerateArray(), sum => sum.GetProperty("key").ValueKind == JsonValueKind.String);
    }

    private static async Task AddKeyAsync(ClusterGateway first, string key, params ClusterGateway[] others)
    {
        var marks = others.Select(gateway => gateway.Logs.Mark()).ToList();
        await first.AdminAsync("POST", "/api/keys", $$"""{"keys":["{{key}}"]}""");
        foreach (var (gateway, mark) in others.Zip(marks))
        {
            await gateway.Logs.WaitAsync(LogNumbers.RosterChanged, mark);
        }
    }

    private static async Task CallAsync(ClusterGateway gateway, int calls)
    {
        for (var i = 0; i < calls; i++)
        {
            using var response = await gateway.GenerateAsync();
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            await response.Content.ReadAsByteArrayAsync();
        }
    }

    private static async Task<long> CallsAsync(ClusterGateway gateway)
    {
        var (_, sums) = await gateway.AdminAsync("GET", "/api/stats/calls");
        return sums.GetProperty("30d").GetProperty("total").GetInt64();
    }
}
