using GeminiBalance.Gateway.Authentication;
using Microsoft.AspNetCore.Cors;

namespace GeminiBalance.Gateway.Endpoints.Paths;

/// <summary>Routing in two rounds, with 404 in a client's shape at the end.</summary>
internal static class ForgivingRouting
{
    private static readonly Endpoint Unknown = new(
        static context => UnknownPath.AnswerAsync(context, UnknownPath.FaceOf(context.Request)), new(new EnableCorsAttribute(BrowserClients.PolicyName)), "unknown path");

    public static IServiceCollection AddForgivingRouting(this IServiceCollection services) => services.AddSingleton<ServedPaths>().AddSingleton<PathRepair>();

    public static void UseForgivingRouting(this WebApplication app)
    {
        app.UseRouting();
        app.UseMiddleware<ForgivingPaths>();
        app.UseRouting();
        app.Use(static (context, next) =>
        {
            if (context.GetEndpoint() is null)
            {
                context.SetEndpoint(Unknown);
            }

            return next(context);
        });
    }
}
