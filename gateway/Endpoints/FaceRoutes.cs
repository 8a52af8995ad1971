using GeminiBalance.Gateway.Authentication;
using GeminiBalance.Gateway.Endpoints.Paths;

namespace GeminiBalance.Gateway.Endpoints;

/// <summary>Maps paths for clients: plain request delegates, with 404 and 405 in the face's shape.</summary>
internal static class FaceRoutes
{
    /// <summary>The verbs of a route that answers 404 in the face's shape.</summary>
    public const string NoVerbs = "none";

    public static void MapFace(this IEndpointRouteBuilder routes, Face face, string pattern, RequestDelegate? get = null, RequestDelegate? post = null) =>
        routes.MapFaces(face, face, pattern, get, post);

    /// <summary>Maps a path on which GET and POST speak different dialects.</summary>
    public static void MapFaces(
        this IEndpointRouteBuilder routes, Face face, Face postFace, string pattern, RequestDelegate? get = null, RequestDelegate? post = null) =>
        routes.Map(pattern, context => Choose(context, HttpMethods.IsPost(context.Request.Method) ? postFace : face, get, post))
            .WithMetadata(new FaceMetadata(face, postFace, VerbsOf(get, post)))
            .RequireCors(BrowserClients.PolicyName);

    /// <summary>Answers every path that no other pattern of the prefix matches.</summary>
    public static void MapUnknown(this IEndpointRouteBuilder routes, Face face, string prefix) =>
        routes.Map(prefix + "/{**path}", context => NotFoundAsync(context, face))
            .WithMetadata(new FaceMetadata(face, face, NoVerbs))
            .RequireCors(BrowserClients.PolicyName);

    public static Task NotFoundAsync(HttpContext context, Face face) => UnknownPath.AnswerAsync(context, face);

    private static Task Choose(HttpContext context, Face face, RequestDelegate? get, RequestDelegate? post)
    {
        var method = context.Request.Method;
        if (post is not null && HttpMethods.IsPost(method))
        {
            return post(context);
        }

        if (get is not null && HttpMethods.IsGet(method))
        {
            return get(context);
        }

        context.Response.Headers.Allow = VerbsOf(get, post);
        return ErrorAnswers.WriteAsync(context, face, ClientError.WrongVerb(method, context.Request.Path.Value ?? ""));
    }

    private static string VerbsOf(RequestDelegate? get, RequestDelegate? post) => (get, post) switch
    {
        (not null, not null) => "GET, POST",
        (not null, null) => "GET",
        _ => "POST",
    };
}
