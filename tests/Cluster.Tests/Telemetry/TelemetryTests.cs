using GeminiBalance.Cluster.Tests.Hosts;

namespace GeminiBalance.Cluster.Tests.Telemetry;

[Collection(SharedClusterCollection.Name)]
public sealed class TelemetryTests(SharedCluster cluster)
{
    [ClusterFact]
    public async Task WholeLife_SendsMetricsAndTraces_AndNoSecretAnywhere()
    {
        await using var collector = await Collector.StartAsync();
        var gateway = await cluster.StartGatewayAsync($"--OTEL_EXPORTER_OTLP_ENDPOINT={collector.Address}", "--OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf");
        var key = cluster.NewKey();
        await gateway.AdminAsync("POST", "/api/keys", $$"""{"keys":["{{key}}"]}""");
        using (var chat = await gateway.ChatAsync())
        {
            chat.EnsureSuccessStatusCode();
        }

        using (var inQuery = await gateway.Client.GetAsync(new Uri($"/v1beta/models?key={ClusterGateway.ClientToken}", UriKind.Relative)))
        {
            inQuery.EnsureSuccessStatusCode();
        }

        await gateway.AdminAsync("PUT", "/api/settings", $$$"""{"CUSTOM_HEADERS":{"x-secret":"{{{ClusterGateway.ClientToken}}}"}}""");
        await gateway.AdminAsync("DELETE", "/api/settings/CUSTOM_HEADERS");
        await gateway.DisposeAsync();

        Assert.Contains("geminibalance.pool.asks", collector.Metrics, StringComparison.Ordinal);
        Assert.Contains("http.server.request.duration", collector.Metrics, StringComparison.Ordinal);
        Assert.Contains("gemini-balance-gateway", collector.Traces, StringComparison.Ordinal);
        Assert.Contains("IApiKeyGrain/AskAsync", collector.Traces, StringComparison.Ordinal);
        string[] secrets = [key, ClusterGateway.AdminToken, ClusterGateway.ClientToken, ClusterGateway.EncryptionKey, MariaDb.MariaDbServer.Password];
        Assert.All(
            gateway.Logs.Lines.Append(collector.Metrics).Append(collector.Traces),
            text => Assert.DoesNotContain(secrets, secret => text.Contains(secret, StringComparison.Ordinal)));
    }
}
