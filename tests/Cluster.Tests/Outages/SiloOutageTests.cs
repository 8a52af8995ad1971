using System.Globalization;
using System.Net;
using System.Text.Json;
using GeminiBalance.Cluster.Tests.Hosts;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Cluster.Tests.Outages;

public sealed class SiloOutageTests(OwnCluster own) : IClassFixture<OwnCluster>
{
    private const string ClusterId = "own";
    private const string Key = "AIzaSyOutageAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    [ClusterFact]
    public async Task Gateway_WithoutSilos_Answers503InTheClientsProtocol_AndRecovers()
    {
        var database = await own.NewDatabaseAsync();
        await using var gateway = await ClusterGateway.StartAsync(database, ClusterId, own.Upstream, $"--API_KEYS={Key}");
        await AssertUnavailableAsync(gateway);

        var ports = (0, 0);
        await using (var silo = await SiloProcess.StartAsync(database, ClusterId))
        {
            ports = silo.Ports;
            await gateway.Logs.WaitAsync(LogNumbers.Joined);
            await AssertServesAsync(gateway);

            var mark = gateway.Logs.Mark();
            await silo.KillAsync();
            await gateway.Logs.WaitAsync(LogNumbers.SilosLost, mark);
            await AssertUnavailableAsync(gateway);
        }

        var again = gateway.Logs.Mark();
        await using var successor = await SiloProcess.StartAsync(database, ClusterId, ports);
        await gateway.Logs.WaitAsync(LogNumbers.SilosFound, again);
        await gateway.Logs.WaitAsync(LogNumbers.Joined, again);
        await AssertServesAsync(gateway);

        var told = gateway.Logs.Mark();
        Assert.Equal(HttpStatusCode.OK, (await gateway.AdminAsync("POST", $"/api/keys/{new ApiKey(Key).Id}/enable")).Status);
        await gateway.Logs.WaitAsync(LogNumbers.Told, told, "Keys");
    }

    [ClusterFact]
    public async Task DisabledKey_StaysDisabled_WhenGatewayAndSiloStartAnew()
    {
        var database = await own.NewDatabaseAsync();
        var id = new ApiKey(Key).Id;
        await using (var first = await SiloProcess.StartAsync(database, ClusterId))
        {
            await using var gateway = await ClusterGateway.StartAsync(database, ClusterId, own.Upstream, $"--API_KEYS={Key}");
            await gateway.Logs.WaitAsync(LogNumbers.Joined);
            Assert.Equal(HttpStatusCode.OK, (await gateway.AdminAsync("POST", $"/api/keys/{id}/disable", """{"reason":"kept"}""")).Status);
            await first.StopAsync();
        }

        await using var silo = await SiloProcess.StartAsync(database, ClusterId);
        await using var again = await ClusterGateway.StartAsync(database, ClusterId, own.Upstream, "--QUEUE_TIMEOUT_SECONDS=1");
        await again.Logs.WaitAsync(LogNumbers.Joined);

        var found = await again.Directory.FindAsync(id, CancellationToken.None);
        Assert.Equal((KeyState.Disabled, "kept"), (found?.State, found?.Reason));
        using var chat = await again.ChatAsync();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, chat.StatusCode);
    }

    private static async Task AssertServesAsync(ClusterGateway gateway)
    {
        // After an outage a pool asks again within four seconds.
        await SetQueueTimeAsync(gateway, 10);
        using var chat = await gateway.ChatAsync();
        Assert.Equal(HttpStatusCode.OK, chat.StatusCode);
        Assert.Equal((HttpStatusCode.OK, "healthy"), await gateway.ReadyAsync());
    }

    private static async Task AssertUnavailableAsync(ClusterGateway gateway)
    {
        await SetQueueTimeAsync(gateway, 0.5);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "unhealthy"), await gateway.ReadyAsync());
        using var live = await gateway.Client.GetAsync(new Uri("/health", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, live.StatusCode);

        using var openAI = await gateway.ChatAsync();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, openAI.StatusCode);
        Assert.Equal("service_unavailable", (await ErrorAsync(openAI)).GetProperty("code").GetString());

        using var google = await gateway.GenerateAsync();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, google.StatusCode);
        Assert.Equal("UNAVAILABLE", (await ErrorAsync(google)).GetProperty("status").GetString());

        var (status, body) = await gateway.AdminAsync("POST", $"/api/keys/{new ApiKey(Key).Id}/disable");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "unavailable"), (status, body.GetProperty("error").GetProperty("code").GetString()));
    }

    private static async Task SetQueueTimeAsync(ClusterGateway gateway, double seconds) => Assert.Equal(
        HttpStatusCode.OK, (await gateway.AdminAsync("PUT", "/api/settings", string.Create(CultureInfo.InvariantCulture, $$"""{"QUEUE_TIMEOUT_SECONDS":{{seconds}}}"""))).Status);

    private static async Task<JsonElement> ErrorAsync(HttpResponseMessage response) =>
        JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync()).GetProperty("error");
}
