namespace GeminiBalance.Gateway.Models;

/// <summary>Registers what knows the models.</summary>
internal static class ModelServices
{
    public static IServiceCollection AddModels(this IServiceCollection services) => services
        .AddSingleton<ModelCatalog>()
        .AddSingleton<ModelNames>();
}
