using GeminiBalance.Gateway.Egress;

namespace GeminiBalance.Gateway.Admin;

/// <summary>The proxies, for people.</summary>
internal static class ProxyAdministration
{
    public static void MapProxies(this IEndpointRouteBuilder routes) => routes.MapAdmin("GET", "/api/proxies", context =>
    {
        var proxies = context.RequestServices.GetRequiredService<EgressRoutes>().Routes.Select(route =>
        {
            var state = route.Health.Read();
            return new ProxyView(route.Address.Name, state.IsUsable, state.Failures, state.Fault, state.ProbeAt);
        });
        return AdminAnswers.OkAsync(context, [.. proxies], AdminJson.Default.IReadOnlyListProxyView);
    });
}
