namespace GeminiBalance.Gateway.Endpoints;

/// <summary>Marks an endpoint for clients: it needs a token, and its errors come in this face's shape.</summary>
/// <param name="Face">The face of the path.</param>
/// <param name="PostFace">The face of POST, where one path serves two dialects.</param>
/// <param name="Verbs">The verbs the path answers, for people.</param>
internal sealed record FaceMetadata(Face Face, Face PostFace, string Verbs)
{
    /// <summary>The face of a request; null when its path is not for clients.</summary>
    public static Face? Find(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<FaceMetadata>() is { } metadata
        ? HttpMethods.IsPost(context.Request.Method) ? metadata.PostFace : metadata.Face
        : null;
}
