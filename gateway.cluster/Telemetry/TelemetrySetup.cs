using GeminiBalance.Gateway.Cluster.Members;
using OpenTelemetry;
using OpenTelemetry.Resources;

namespace GeminiBalance.Gateway.Cluster.Telemetry;

/// <summary>Sends metrics and traces out when an address for them is set.</summary>
internal static class TelemetrySetup
{
    private const string EndpointName = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string ServiceName = "gemini-balance-gateway";

    public static void AddTelemetry(this WebApplicationBuilder builder, GatewayName name)
    {
        builder.Services.AddHostedService<ClusterMetrics>();
        if (string.IsNullOrWhiteSpace(builder.Configuration[EndpointName]))
        {
            return;
        }

        // The environment is read last, so that OTEL_SERVICE_NAME wins.
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(ServiceName, serviceInstanceId: name.Value).AddEnvironmentVariableDetector())
            .WithMetrics(metrics => metrics.AddMeter(
                "GeminiBalance.*", "Microsoft.Orleans", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime"))
            .WithTracing(traces => traces.AddSource("Microsoft.AspNetCore", "Microsoft.Orleans.Application"))
            .UseOtlpExporter();
    }
}
