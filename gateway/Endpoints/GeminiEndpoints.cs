namespace GeminiBalance.Gateway.Endpoints;

/// <summary>Google's own API, for its SDKs and everything that speaks like them.</summary>
internal sealed class GeminiEndpoints(GeminiCallEndpoint calls)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapFace(Face.Google, "/v1beta/{**path}", GetAsync, PostAsync);
        routes.MapFace(Face.Google, "/gemini/v1beta/{**path}", GetAsync, PostAsync);
    }

    /// <summary>POST below a version: a call of a model, or nothing.</summary>
    public Task PostAsync(HttpContext context) =>
        GeminiPath.TryParse(context.GetRouteValue("path") as string, out var path) && path.Method is not null
            ? calls.HandleAsync(context, path)
            : FaceRoutes.NotFoundAsync(context, Face.Google);

    private static Task GetAsync(HttpContext context) => FaceRoutes.NotFoundAsync(context, Face.Google);
}
