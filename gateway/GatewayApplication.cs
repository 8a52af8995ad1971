using GeminiBalance.Gateway.Admin;
using GeminiBalance.Gateway.Authentication;
using GeminiBalance.Gateway.CallLog;
using GeminiBalance.Gateway.Endpoints;
using GeminiBalance.Gateway.Endpoints.Paths;
using GeminiBalance.Gateway.Forwarding;
using GeminiBalance.Gateway.Images;
using GeminiBalance.Gateway.Interactions;
using GeminiBalance.Gateway.Live;
using GeminiBalance.Gateway.Resources;
using GeminiBalance.Gateway.Responses;
using GeminiBalance.Gateway.Upstream;

namespace GeminiBalance.Gateway;

/// <summary>The whole gateway, in the order a request meets it.</summary>
public static class GatewayApplication
{
    /// <summary>Builds the application.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="configure">Replaces or adds services; what it registers wins.</param>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.ConfigureServer();
        builder.Services
            .AddBrowserClients()
            .AddUpstream()
            .AddCallLogQueue()
            .AddForwarding()
            .AddResources()
            .AddFaces()
            .AddResponses()
            .AddInteractions()
            .AddForgivingRouting()
            .AddImages()
            .AddLive()
            .AddHealthChecks();
        configure?.Invoke(builder);

        var app = builder.Build();
        app.UseMiddleware<ErrorGuard>();             // 1 every failure in the client's own shape
        app.UseWebSockets();
        app.UseMiddleware<PathNormalization>();      // 2 doubled slashes
        app.UseForgivingRouting();                   // 3 which face, which endpoint; 404 with the nearest path
        app.UseCors();                               // 4 browsers
        app.UseMiddleware<ClientAuthentication>();   // 5 401 before any body is read
        app.UseMiddleware<AdminAuthentication>();    // 6 the same for people who administer
        app.MapHealth();                             // 7 /health, /health/ready
        app.MapOpenAIFaces();                        // 8 /v1, /hf/v1, /openai/v1
        app.MapResponses();                          // 8 the same, /responses
        app.MapAnthropicFace();                      // 9 /v1/messages, /anthropic/v1
        app.MapGeminiFace();                         // 10 /v1beta, /v1alpha, /gemini/v1beta
        app.MapInteractions();                       // 10 the same, /interactions
        app.MapLive();                               // 11 /ws: the Live API
        app.MapAdmin();                              // 12 /api, /v1/keys/list
        app.MapImages();                             //    /generated: pictures that clients open without a token
        app.MapHint();                               // 13 /
        return app;
    }
}
