namespace GeminiBalance.Gateway.Admin;

/// <summary>The part of the admin API that tells of calls: logs and statistics.</summary>
internal static class CallLogEndpoints
{
    public static IServiceCollection AddCallLogAdministration(this IServiceCollection services) => services
        .AddSingleton<LogAdministration>()
        .AddSingleton<StatisticsAdministration>()
        .AddSingleton<CallListing>();

    public static void MapCallLog(this IEndpointRouteBuilder routes)
    {
        routes.MapAdmin("GET", "/api/logs/status", context => Logs(context).StatusAsync(context));
        routes.MapAdmin("GET", "/api/logs/requests", context => Logs(context).RequestsAsync(context));
        routes.MapAdmin("GET", "/api/logs/errors", context => Logs(context).ErrorsAsync(context));
        routes.MapAdmin("DELETE", "/api/logs/errors", context => Logs(context).DeleteErrorsAsync(context));
        routes.MapAdmin("DELETE", "/api/logs/errors/all", context => Logs(context).DeleteAllErrorsAsync(context));
        routes.MapAdmin("GET", "/api/logs/errors/lookup", context => Logs(context).LookUpAsync(context));
        routes.MapAdmin("GET", "/api/logs/errors/{id}", context => Logs(context).ErrorAsync(context));
        routes.MapAdmin("GET", "/api/logs/errors/{id}/details", context => Logs(context).ErrorAsync(context));
        routes.MapAdmin("DELETE", "/api/logs/errors/{id}", context => Logs(context).DeleteErrorAsync(context));
        routes.MapAdmin("GET", "/api/stats/calls", context => Statistics(context).CallsAsync(context));
        routes.MapAdmin("GET", "/api/stats/models", context => Statistics(context).ModelsAsync(context));
        routes.MapAdmin("GET", "/api/stats/keys", context => Statistics(context).KeysAsync(context));
        routes.MapAdmin("GET", "/api/stats/outcomes", context => Statistics(context).OutcomesAsync(context));
        routes.MapAdmin("GET", "/api/stats/trend", context => Statistics(context).TrendAsync(context));
        routes.MapAdmin("GET", "/api/stats/details", context => Listing(context).DetailsAsync(context));
        routes.MapAdmin("GET", "/api/stats/key-details", context => Listing(context).KeyDetailsAsync(context));
        routes.MapAdmin("GET", "/api/stats/attention-keys", context => Listing(context).AttentionAsync(context));
        routes.MapAdmin("GET", "/api/key-usage-details/{key}", context => Statistics(context).KeyUsageAsync(context));
    }

    private static LogAdministration Logs(HttpContext context) => context.RequestServices.GetRequiredService<LogAdministration>();

    private static StatisticsAdministration Statistics(HttpContext context) => context.RequestServices.GetRequiredService<StatisticsAdministration>();

    private static CallListing Listing(HttpContext context) => context.RequestServices.GetRequiredService<CallListing>();
}
