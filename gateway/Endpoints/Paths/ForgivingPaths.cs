using GeminiBalance.Gateway.Admin;
using GeminiBalance.Gateway.Settings;

namespace GeminiBalance.Gateway.Endpoints.Paths;

/// <summary>Between two rounds of routing: a path that the first found nothing for is put right for the second. What a route serves is never touched.</summary>
internal sealed class ForgivingPaths(RequestDelegate next, ISettingsSource settings, PathRepair repair)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (settings.Current.Paths.IsForgiving && !IsServed(context)
            && repair.Find(context.Request.Path.Value ?? "", VerbOf(context.Request), UnknownPath.FaceOf(context.Request)) is { } meant)
        {
            context.Request.Path = meant;
            context.Request.RouteValues.Clear();
            context.SetEndpoint(null);
        }

        return next(context);
    }

    /// <summary>The verb, or the one that a browser asks for leave to use.</summary>
    private static string VerbOf(HttpRequest request) =>
        HttpMethods.IsOptions(request.Method) && request.Headers.AccessControlRequestMethod is [{ } wanted] ? wanted : request.Method;

    /// <summary>Whether the first round found an endpoint for this path: one that serves it, or passes it on as something of the upstream's.</summary>
    private static bool IsServed(HttpContext context)
    {
        if (context.GetEndpoint() is not { } endpoint)
        {
            return false;
        }

        return endpoint.Metadata.GetMetadata<FaceMetadata>() is { } face
            ? face.Verbs != FaceRoutes.NoVerbs && !PathWords.IsForeign(context.GetRouteValue("path") as string, FaceMetadata.Find(context)!.Value)
            : !IsRestOfAdministration(endpoint);
    }

    /// <summary>Whether the endpoint only tells that the administration has nothing there: many proxies put <c>/api</c> before the version.</summary>
    private static bool IsRestOfAdministration(Endpoint endpoint) =>
        endpoint is RouteEndpoint { RoutePattern.Parameters: [.., { IsCatchAll: true }] } && endpoint.Metadata.GetMetadata<AdminMetadata>() is not null;
}
