using System.Text.Json;
using GeminiBalance.Load.Processes;

namespace GeminiBalance.Load.Cluster;

/// <summary>The settings of the members, as environment variables.</summary>
internal static class MemberSettings
{
    private const string ClusterId = "load";

    // Only for what a run writes into its own database, which goes with it.
    private const string EncryptionKey = "only-for-load-tests-0123456789";

    public static Dictionary<string, string> Silo(ClusterPlan plan, int place, string connectionString, PortPicker ports) => new(ClockSkew.Variables(plan.ClockOffset(MemberKind.Silo, place)))
    {
        ["MYSQL_CONNECTION"] = connectionString,
        ["CLUSTER_ID"] = ClusterId,
        ["SILO_ADDRESS"] = "127.0.0.1",
        ["SILO_PORT"] = $"{ports.Pick()}",
        ["SILO_GATEWAY_PORT"] = $"{ports.Pick()}",
        ["GRANT_WITHOUT_DATABASE"] = plan.IsStrict ? "false" : "true",
    };

    public static Dictionary<string, string> Gateway(ClusterPlan plan, int place, string connectionString, Uri upstream) => new(ClockSkew.Variables(plan.ClockOffset(MemberKind.Gateway, place)))
    {
        ["MYSQL_CONNECTION"] = connectionString,
        ["CLUSTER_ID"] = ClusterId,
        ["ENCRYPTION_KEY"] = EncryptionKey,
        ["AUTH_TOKEN"] = Servers.AdminToken,
        ["ALLOWED_TOKENS"] = JsonSerializer.Serialize(new[] { Servers.ClientToken }),
        ["BASE_URL"] = new Uri(upstream, "v1beta").ToString(),
        ["DEFAULT_RPM"] = $"{plan.RequestsPerMinute}",
        ["QUEUE_TIMEOUT_SECONDS"] = $"{plan.QueueWaitMax.TotalSeconds}",
        ["GRANT_WITHOUT_DATABASE"] = plan.IsStrict ? "false" : "true",
    };
}
