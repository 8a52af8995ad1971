namespace GeminiBalance.Silo.Health;

/// <summary>Registers the health endpoints.</summary>
internal static class HealthServices
{
    public static IServiceCollection AddHealth(this IServiceCollection services) => services
        .AddSingleton<SiloHealth>()
        .AddSingleton<ActivationCount>()
        .AddSingleton<SiloDetails>()
        .AddSingleton<HealthApplication>()
        .AddSingleton<HealthServer>()
        .AddHostedService(provider => provider.GetRequiredService<HealthServer>());
}
