namespace GeminiBalance.Gateway.Endpoints.Paths;

/// <summary>Routing in two rounds, with 404 in a client's shape at the end.</summary>
internal static class ForgivingRouting
{
    public static IServiceCollection AddForgivingRouting(this IServiceCollection services) => services.AddSingleton<ServedPaths>().AddSingleton<PathRepair>();

    public static void UseForgivingRouting(this WebApplication app)
    {
        app.UseRouting();
        app.UseMiddleware<ForgivingPaths>();
        app.UseRouting();
        app.Use(static (context, next) => context.GetEndpoint() is null ? UnknownPath.AnswerAsync(context, UnknownPath.FaceOf(context.Request)) : next(context));
    }
}
