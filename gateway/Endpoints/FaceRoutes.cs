using GeminiBalance.Gateway.Authentication;
using GeminiBalance.Gateway.Endpoints.Paths;

namespace GeminiBalance.Gateway.Endpoints;

/// <summary>Maps paths for clients: plain request delegates, with 404 and 405 in the face's shape.</summary>
internal static class FaceRoutes
{
    /// <summary>The verbs of a route that answers 404 in the face's shape.</summary>
    public const string NoVerbs = "none";

    public static IEndpointConventionBuilder MapFace(
        this IEndpointRouteBuilder routes, Face face, string pattern, RequestDelegate? get = null, RequestDelegate? post = null,
        RequestDelegate? put = null, RequestDelegate? patch = null, RequestDelegate? delete = null) =>
        routes.MapFaces(face, face, pattern, get, post, put, patch, delete);

    /// <summary>Maps a path on which GET and POST speak different dialects.</summary>
    public static IEndpointConventionBuilder MapFaces(
        this IEndpointRouteBuilder routes, Face face, Face postFace, string pattern, RequestDelegate? get = null, RequestDelegate? post = null,
        RequestDelegate? put = null, RequestDelegate? patch = null, RequestDelegate? delete = null)
    {
        var handlers = new (string Verb, RequestDelegate? Handler)[] { ("GET", get), ("POST", post), ("PUT", put), ("PATCH", patch), ("DELETE", delete) };
        var known = handlers.Where(entry => entry.Handler is not null).ToDictionary(entry => entry.Verb, entry => entry.Handler!, StringComparer.OrdinalIgnoreCase);
        var verbs = string.Join(", ", handlers.Where(entry => entry.Handler is not null).Select(entry => entry.Verb));
        return routes.Map(pattern, context => ChooseAsync(context, HttpMethods.IsPost(context.Request.Method) ? postFace : face, known, verbs))
            .WithMetadata(new FaceMetadata(face, postFace, verbs))
            .RequireCors(BrowserClients.PolicyName);
    }

    /// <summary>Answers every path that no other pattern of the prefix matches.</summary>
    public static void MapUnknown(this IEndpointRouteBuilder routes, Face face, string prefix) =>
        routes.Map(prefix + "/{**path}", context => NotFoundAsync(context, face))
            .WithMetadata(new FaceMetadata(face, face, NoVerbs))
            .RequireCors(BrowserClients.PolicyName);

    public static Task NotFoundAsync(HttpContext context, Face face) => UnknownPath.AnswerAsync(context, face);

    public static Task WrongVerbAsync(HttpContext context, Face face, string verbs)
    {
        context.Response.Headers.Allow = verbs;
        if (HttpMethods.IsGet(context.Request.Method) && string.Equals(context.Request.Headers.Upgrade, "websocket", StringComparison.OrdinalIgnoreCase))
        {
            // By this status Codex goes on without a WebSocket at once; after any other it tries five times more.
            context.Response.Headers.Upgrade = "HTTP/1.1";
            return ErrorAnswers.WriteAsync(context, face, ClientError.NoWebSocket(context.Request.Path.Value ?? ""));
        }

        return ErrorAnswers.WriteAsync(context, face, ClientError.WrongVerb(context.Request.Method, context.Request.Path.Value ?? ""));
    }

    private static Task ChooseAsync(HttpContext context, Face face, Dictionary<string, RequestDelegate> handlers, string verbs)
    {
        if (handlers.TryGetValue(context.Request.Method, out var handler))
        {
            return handler(context);
        }

        return WrongVerbAsync(context, face, verbs);
    }
}
