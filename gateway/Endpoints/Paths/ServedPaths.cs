using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.Routing.Template;

namespace GeminiBalance.Gateway.Endpoints.Paths;

/// <summary>The paths of clients that routes serve, read from the route table. Asked only for paths that no route serves.</summary>
internal sealed class ServedPaths
{
    private readonly List<Route> routes = [];

    public ServedPaths(EndpointDataSource endpoints)
    {
        foreach (var endpoint in endpoints.Endpoints.OfType<RouteEndpoint>())
        {
            if (endpoint.Metadata.GetMetadata<FaceMetadata>() is { } face && face.Verbs != FaceRoutes.NoVerbs && endpoint.RoutePattern.RawText is { } text)
            {
                var matcher = new TemplateMatcher(new RouteTemplate(endpoint.RoutePattern), []);
                routes.Add(new(text, face.Verbs.Split(", "), matcher, TakesAnything(endpoint.RoutePattern)));
            }
        }
    }

    /// <summary>The paths without parameters, for people.</summary>
    public IEnumerable<string> Plain => routes.Where(route => !route.Text.Contains('{', StringComparison.Ordinal)).Select(route => route.Text);

    /// <summary>Whether a route serves this path, and not only as "anything below".</summary>
    public bool Serves(string path, string verb) =>
        routes.Exists(route => !route.TakesAnything && route.Matches(path, verb));

    /// <summary>Whether a route takes this path as "anything below", so that its meaning is the upstream's to know.</summary>
    public bool Takes(string path, string verb) => routes.Exists(route => route.TakesAnything && route.Matches(path, verb));

    private static bool TakesAnything(RoutePattern pattern) => pattern.Parameters.Any(parameter => parameter.IsCatchAll);

    private sealed record Route(string Text, string[] Verbs, TemplateMatcher Matcher, bool TakesAnything)
    {
        public bool Matches(string path, string verb) => Verbs.Contains(verb, StringComparer.OrdinalIgnoreCase) && Matcher.TryMatch(path, []);
    }
}
