using GeminiBalance.Gateway.Resources;

namespace GeminiBalance.Gateway.Endpoints;

/// <summary>Google's own API, for its SDKs and everything that speaks like them.</summary>
internal sealed class GeminiEndpoints(
    GeminiCallEndpoint calls, GeminiModelsEndpoint models, OpenAIForwardEndpoint forward, ResourceEndpoint resources, UploadEndpoint uploads)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        foreach (var prefix in (ReadOnlySpan<string>)["/v1beta", "/gemini/v1beta", "/v1alpha"])
        {
            routes.MapFace(Face.Google, prefix + "/models", get: models.ListAsync);
            routes.MapFace(Face.OpenAI, prefix + "/openai/{**path}", get: forward.HandleAsync, post: forward.HandleAsync);
            routes.MapFace(Face.Google, prefix + "/{**path}", get: GetAsync, post: PostAsync, patch: ChangeAsync, delete: ChangeAsync);
        }

        foreach (var prefix in (ReadOnlySpan<string>)["/upload/v1beta", "/upload/v1", "/upload/v1alpha", "/gemini/upload/v1beta", "/v1beta/upload/v1beta"])
        {
            routes.MapFace(Face.Google, prefix + "/{**path}", get: uploads.HandleAsync, post: uploads.HandleAsync, put: uploads.HandleAsync, delete: uploads.HandleAsync)
                .WithMetadata(UploadMetadata.Instance);
        }

        foreach (var prefix in (ReadOnlySpan<string>)["/download/v1beta", "/download/v1", "/download/v1alpha"])
        {
            routes.MapFace(Face.Google, prefix + "/{**path}", get: DownloadAsync);
        }

        // Vertex has no list of models that an express key may read.
        routes.MapFace(Face.Google, "/vertex-express/v1beta/models", get: models.ListAsync);
        routes.MapFace(Face.Google, "/vertex-express/v1beta/{**path}", get: GetAsync, post: PostToVertexAsync);
    }

    /// <summary>POST below a version: a call of a model, or nothing.</summary>
    public Task PostAsync(HttpContext context) =>
        GeminiPath.TryParse(context.GetRouteValue("path") as string, out var path) && path.Method is not null
            ? calls.HandleAsync(context, path)
            : ResourceAsync(context);

    private Task PostToVertexAsync(HttpContext context) =>
        GeminiPath.TryParse(context.GetRouteValue("path") as string, out var path) && path is { Collection: "models", Method: not null }
            ? calls.HandleAsync(context, path, isVertex: true)
            : FaceRoutes.NotFoundAsync(context, Face.Google);

    private Task GetAsync(HttpContext context) =>
        GeminiPath.TryParse(context.GetRouteValue("path") as string, out var path) && path is { Method: null, Collection: not "tunedModels" }
            ? models.GetAsync(context, path)
            : ResourceAsync(context);

    private Task ResourceAsync(HttpContext context) => ResourceName.TryParse(context.GetRouteValue("path") as string, out var name)
        ? resources.HandleAsync(context, name)
        : FaceRoutes.NotFoundAsync(context, Face.Google);

    /// <summary>The upstream's other address of a file's content, which some clients build themselves.</summary>
    private Task DownloadAsync(HttpContext context) => ResourceName.TryParse(context.GetRouteValue("path") as string, out var name) && name is { Root: not null, Method: "download" }
        ? resources.HandleAsync(context, name)
        : FaceRoutes.NotFoundAsync(context, Face.Google);

    private Task ChangeAsync(HttpContext context) =>
        GeminiPath.TryParse(context.GetRouteValue("path") as string, out var path) && path is { Collection: not "tunedModels", Method: null }
            ? FaceRoutes.WrongVerbAsync(context, Face.Google, "GET, POST")
            : ResourceAsync(context);
}
