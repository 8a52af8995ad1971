using GeminiBalance.Gateway.Endpoints;

namespace GeminiBalance.Gateway.Live;

/// <summary>Registers and maps the Live API.</summary>
internal static class LiveRoutes
{
    private static readonly string[] Methods = ["BidiGenerateContent", "BidiGenerateMusic"];

    public static IServiceCollection AddLive(this IServiceCollection services) => services
        .AddSingleton<LiveMetrics>()
        .AddSingleton<LiveSessions>()
        .AddSingleton<LiveDrain>()
        .AddSingleton<ILiveHandles, MemoryLiveHandles>()
        .AddSingleton<LiveServices>()
        .AddSingleton<LiveEndpoint>()
        .AddSingleton<LiveTokens>()
        .AddSingleton<LiveTokensEndpoint>()
        .AddSingleton<ConstrainedLiveEndpoint>();

    public static void MapLive(this WebApplication app)
    {
        var live = app.Services.GetRequiredService<LiveEndpoint>();
        var constrained = app.Services.GetRequiredService<ConstrainedLiveEndpoint>();
        app.MapFace(Face.Google, "/v1alpha/auth_tokens", post: app.Services.GetRequiredService<LiveTokensEndpoint>().HandleAsync);
        foreach (var version in (ReadOnlySpan<string>)["v1", "v1beta", "v1alpha"])
        {
            foreach (var method in Methods)
            {
                var path = $"ws/google.ai.generativelanguage.{version}.GenerativeService.{method}";
                app.MapFace(Face.Google, $"/{path}", get: context => live.HandleAsync(context, path));
            }

            var withToken = $"ws/google.ai.generativelanguage.{version}.GenerativeService.BidiGenerateContentConstrained";
            app.MapFace(Face.Google, $"/{withToken}", get: context => constrained.HandleAsync(context, withToken)).WithMetadata(LiveTokenMetadata.Instance);
        }
    }
}
