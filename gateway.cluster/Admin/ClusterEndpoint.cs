using GeminiBalance.Gateway.Admin;
using GeminiBalance.Gateway.Cluster.Hosting;
using GeminiBalance.Gateway.Cluster.Members;
using GeminiBalance.Gateway.Cluster.Silos;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Cluster.Admin;

/// <summary><c>GET /api/cluster</c>: the cluster as this gateway sees it.</summary>
internal sealed class ClusterEndpoint(
    IClusterClient client,
    SiloConnection connection,
    SiloContact silos,
    GrainCalls calls,
    GatewayMember member,
    ClusterKeyPool pool,
    ClusterStatus status,
    GatewayName name)
{
    public static void Map(WebApplication app) =>
        app.MapAdmin("GET", "/api/cluster", context => context.RequestServices.GetRequiredService<ClusterEndpoint>().AnswerAsync(context));

    private async Task AnswerAsync(HttpContext context)
    {
        var check = status.Check();
        var health = pool.Health;
        var gateways = member.Gateways;
        var answer = new ClusterAnswer(
            name.Value,
            HealthEndpoints.Name(check.Status),
            check.Description,
            gateways.Names,
            gateways.IsComplete,
            await ListSilosAsync(),
            silos.Connections,
            new PoolAnswer(
                health.KeyCount, health.OwnKeyCount, health.Waiters, health.Grants, health.SpareGrants, health.Asks, health.Denials, health.WrittenOff, health.Failures, health.Unused,
                health.SettlementMessages),
            calls.Counts);
        await AdminAnswers.OkAsync(context, answer, ClusterJson.Default.ClusterAnswer);
    }

    private async Task<IReadOnlyList<string>?> ListSilosAsync()
    {
        if (!connection.IsConnected || silos.Connections == 0)
        {
            return null;
        }

        try
        {
            var hosts = await client.GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true);
            return [.. hosts.Keys.Select(silo => silo.Endpoint.ToString()).Order(StringComparer.Ordinal)];
        }
#pragma warning disable CA1031 // The page is for exactly the time at which silos do not answer.
        catch (Exception)
#pragma warning restore CA1031
        {
            return null;
        }
    }
}
