using System.Text;
using GeminiBalance.Gateway.Settings;

namespace GeminiBalance.Gateway.Cluster.Settings;

/// <summary>The reference page <c>docs/settings-cluster.md</c>, from <see cref="ClusterSettingTable"/>.</summary>
internal static class ClusterSettingsPage
{
    public static string ToMarkdown()
    {
        var page = new StringBuilder();
        page.Append(
            """
            # Settings of a gateway of a cluster

            <!-- Generated: dotnet run --project gateway.cluster -- settings --markdown > docs/settings-cluster.md -->

            A gateway of a cluster has [the settings of the stand-alone gateway](settings.md), written in the same places, and those below, which are new or
            mean something else here. Silos have settings of their own.


            """);
        page.Append("Without effect here: ").AppendJoin(", ", ClusterSettingTable.Left.Select(name => $"`{name}`"))
            .Append(". Keys are kept by the silos, and everything else in the database.\n");
        SettingsPage.AppendTables(page, ClusterSettingTable.Own);
        page.Append(
            """

            ## Telemetry

            Metrics and traces are sent as OpenTelemetry (OTLP) when `OTEL_EXPORTER_OTLP_ENDPOINT` is set, such as `http://collector:4317`. The other
            standard names (`OTEL_EXPORTER_OTLP_PROTOCOL`, `OTEL_EXPORTER_OTLP_HEADERS`, `OTEL_SERVICE_NAME`, `OTEL_RESOURCE_ATTRIBUTES`) count too.

            """);
        return page.ToString().Replace("\r", "", StringComparison.Ordinal);
    }
}
