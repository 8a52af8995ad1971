namespace GeminiBalance.Gateway.Endpoints;

/// <summary>Registers and maps the Anthropic face.</summary>
internal static class AnthropicServices
{
    public static IServiceCollection AddAnthropicFace(this IServiceCollection services) => services
        .AddSingleton<AnthropicCalls>()
        .AddSingleton<AnthropicMessagesEndpoint>()
        .AddSingleton<AnthropicCountEndpoint>()
        .AddSingleton<AnthropicModelsEndpoint>()
        .AddSingleton<AnthropicEndpoints>();

    public static void MapAnthropicFace(this WebApplication app) => app.Services.GetRequiredService<AnthropicEndpoints>().Map(app);
}
