using GeminiBalance.Gateway.Endpoints;

namespace GeminiBalance.Gateway.Interactions;

/// <summary>Registers and maps the Interactions API.</summary>
internal static class InteractionServices
{
    public static IServiceCollection AddInteractions(this IServiceCollection services) => services
        .AddSingleton<InteractionLedger>()
        .AddSingleton<InteractionExchange>()
        .AddSingleton<InteractionsEndpoint>();

    /// <summary>Under Google's versions; what comes under <c>/v1</c> has been brought there already.</summary>
    public static void MapInteractions(this WebApplication app)
    {
        var endpoint = app.Services.GetRequiredService<InteractionsEndpoint>();
        foreach (var prefix in (ReadOnlySpan<string>)["/v1beta", "/gemini/v1beta", "/v1alpha"])
        {
            app.MapFace(Face.Interactions, $"{prefix}/interactions", post: endpoint.CreateAsync);
            app.MapFace(Face.Interactions, prefix + "/interactions/{**path}", get: endpoint.HandleAsync, post: endpoint.HandleAsync, delete: endpoint.HandleAsync);
        }
    }
}
