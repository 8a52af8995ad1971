namespace GeminiBalance.Gateway.Egress;

/// <summary>Registers the way out.</summary>
internal static class EgressServices
{
    public static IServiceCollection AddEgress(this IServiceCollection services) => services
        .AddSingleton<EgressRoutes>()
        .AddSingleton<IEgress>(provider => provider.GetRequiredService<EgressRoutes>())
        .AddSingleton<ProxyProbe>()
        .AddHostedService(provider => provider.GetRequiredService<ProxyProbe>());
}
