using GeminiBalance.Cluster.Tests.Hosts;
using GeminiBalance.FakeGemini;
using GeminiBalance.Grains;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Cluster.Tests.Serving;

[Collection(SharedClusterCollection.Name)]
public sealed class RecheckTests(SharedCluster cluster)
{
    /// <summary>On a busy machine a lease may run out before its probe is sent; then nothing is learned.</summary>
    private const int ProbesMax = 20;

    /// <summary>Reads of the stored list until it shows what the silo writes behind.</summary>
    private const int ReadsMax = 5_000;

    [ClusterFact]
    public async Task RejectedKey_ThatTheUpstreamTakesAgain_ComesBackWithTheNextCheck()
    {
        await using var gateway = await cluster.StartGatewayAsync();
        var key = cluster.NewKey();
        var id = new ApiKey(key).Id;
        await gateway.AdminAsync("POST", "/api/keys", $$"""{"keys":["{{key}}"]}""");
        cluster.Upstream.Knobs.Fail(FakeErrorKind.ApiKeyInvalid, key);
        await VerifyAsync(gateway, id);
        Assert.Equal(KeyState.Rejected, (await gateway.Directory.FindAsync(id, CancellationToken.None))?.State);

        cluster.Upstream.Knobs.Clear();
        await WaitForStoredAsync(gateway, id, KeyState.Rejected);
        var directory = gateway.Services.GetRequiredService<IClusterClient>().GetGrain<IKeyDirectoryGrain>(KeyDirectory.Key);
        for (var i = 0; i < ProbesMax && !gateway.Logs.Lines.Any(line => line.Contains("1 are accepted again", StringComparison.Ordinal)); i++)
        {
            var mark = gateway.Logs.Mark();
            Assert.True(await directory.RequestRecheckAsync());
            await gateway.Logs.WaitAsync(LogNumbers.RejectedKeysChecked, mark);
        }

        Assert.Equal(KeyState.Active, (await gateway.Directory.FindAsync(id, CancellationToken.None))?.State);
    }

    [ClusterFact]
    public async Task KeyOfVertex_IsVerifiedAtVertex()
    {
        await using var gateway = await cluster.StartGatewayAsync($"--VERTEX_EXPRESS_BASE_URL={cluster.Upstream.BaseUrl.Replace("/v1beta", "/v1", StringComparison.Ordinal)}");
        var key = cluster.NewKey();
        await gateway.AdminAsync("POST", "/api/keys", $$"""{"keys":["{{key}}"],"kind":"vertex"}""");

        await VerifyAsync(gateway, new ApiKey(key).Id);

        Assert.StartsWith("/v1/models/", cluster.Upstream.Requests.Single(request => request.Key == key).Target, StringComparison.Ordinal);
    }

    private static async Task VerifyAsync(ClusterGateway gateway, KeyId id)
    {
        var verdict = "not_now";
        for (var i = 0; i < ProbesMax && verdict == "not_now"; i++)
        {
            verdict = (await gateway.AdminAsync("POST", $"/api/keys/{id}/verify")).Body.GetProperty("verdict").GetString();
        }
    }

    private static async Task WaitForStoredAsync(ClusterGateway gateway, KeyId id, KeyState state)
    {
        for (var i = 0; i < ReadsMax; i++)
        {
            if ((await gateway.Directory.ListAsync(CancellationToken.None)).Single(key => key.Id == id).State == state)
            {
                return;
            }
        }

        Assert.Fail($"The silo did not store that {id} is {state}.");
    }
}
