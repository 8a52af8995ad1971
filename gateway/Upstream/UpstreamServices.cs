using GeminiBalance.Gateway.Egress;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace GeminiBalance.Gateway.Upstream;

/// <summary>Registers the upstream client.</summary>
internal static class UpstreamServices
{
    public static IServiceCollection AddUpstream(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(_ => UpstreamConnections.Create());
        services.AddEgress();
        services.AddSingleton<ProjectSuspicions>();
        services.AddSingleton<GeminiClient>();
        return services;
    }
}
