using System.Net;
using GeminiBalance.Cluster.Tests.Hosts;
using GeminiBalance.FakeGemini;

namespace GeminiBalance.Cluster.Tests.Serving;

[Collection(SharedClusterCollection.Name)]
public sealed class DrainTests(SharedCluster cluster)
{
    private const string SlowModel = "gemini-2.0-flash";

    [ClusterFact]
    public async Task Stop_WithAnOpenStream_ServesItToItsEnd_AndHandsInWhatWasUsed()
    {
        await using var stopping = await cluster.StartGatewayAsync("--DRAIN_DELAY_SECONDS=3");
        await using var staying = await cluster.StartGatewayAsync();
        await stopping.Logs.WaitAsync(LogNumbers.GatewaysChanged, text: "2 gateways");
        var key = cluster.NewKey();
        await stopping.AdminAsync("POST", "/api/keys", $$"""{"keys":["{{key}}"]}""");
        cluster.Upstream.Knobs.Add(new Knob { Model = SlowModel, EventDelayMs = 1500 });
        var before = await UsesAsync(staying);

        using var stream = await stopping.ChatAsync(isStream: true, SlowModel);
        var stopped = stopping.StopAsync();
        await stopping.Logs.WaitAsync(LogNumbers.Left);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "unhealthy"), await stopping.ReadyAsync());
        using var late = await stopping.ChatAsync();

        Assert.Equal(HttpStatusCode.OK, late.StatusCode);
        Assert.EndsWith("data: [DONE]\n\n", await stream.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await stopped;
        Assert.Equal(before + 2, await UsesAsync(staying));
        cluster.Upstream.Knobs.Clear();
    }

    [ClusterFact]
    public async Task Stop_WithAStreamThatDoesNotEnd_CutsItAfterTheTimeSet()
    {
        await using var stopping = await cluster.StartGatewayAsync("--DRAIN_SECONDS=1");
        await using var staying = await cluster.StartGatewayAsync();
        await stopping.AdminAsync("POST", "/api/keys", $$"""{"keys":["{{cluster.NewKey()}}"]}""");
        cluster.Upstream.Knobs.Add(new Knob { Model = SlowModel, StallAfterEvent = 1 });
        using var stream = await stopping.ChatAsync(isStream: true, SlowModel);
        using (var whole = await stopping.ChatAsync())
        {
            await whole.Content.ReadAsStringAsync();
        }

        var before = await UsesAsync(staying);
        await stopping.StopAsync();

        await Assert.ThrowsAnyAsync<IOException>(async () => await (await stream.Content.ReadAsStreamAsync()).CopyToAsync(Stream.Null));
        Assert.Equal(before + 1, await UsesAsync(staying));
        cluster.Upstream.Knobs.Clear();
    }

    private static async Task<long> UsesAsync(ClusterGateway gateway)
    {
        var uses = 0L;
        foreach (var key in gateway.Pool.Keys)
        {
            uses += (await gateway.Directory.FindAsync(key.Key.Id, CancellationToken.None))!.Succeeded;
        }

        return uses;
    }
}
