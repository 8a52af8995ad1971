using OpenTelemetry;
using OpenTelemetry.Resources;

namespace GeminiBalance.Silo.Telemetry;

/// <summary>Sends logs, metrics and traces to an OpenTelemetry collector, when one is named.</summary>
internal static class TelemetrySetup
{
    /// <summary>The collector's address; the exporter itself reads this and the other <c>OTEL_</c> settings.</summary>
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    public static void AddTelemetry(this HostApplicationBuilder builder)
    {
        if (string.IsNullOrEmpty(builder.Configuration[Endpoint]))
        {
            return;
        }

        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("gemini-balance-silo"))
            .WithLogging()
            .WithMetrics(metrics => metrics.AddMeter("Microsoft.Orleans", "System.Runtime", "GeminiBalance*"))
            .WithTracing(traces => traces.AddSource("Microsoft.Orleans.*", "GeminiBalance*"))
            .UseOtlpExporter();
    }
}
