namespace GeminiBalance.Gateway.Endpoints;

/// <summary>Registers and maps the faces.</summary>
internal static class FaceServices
{
    public static IServiceCollection AddFaces(this IServiceCollection services) => services
        .AddSingleton<GeminiCallEndpoint>()
        .AddSingleton<GeminiEndpoints>();

    public static void MapGeminiFace(this WebApplication app) => app.Services.GetRequiredService<GeminiEndpoints>().Map(app);
}
