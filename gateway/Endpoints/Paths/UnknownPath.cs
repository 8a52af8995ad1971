namespace GeminiBalance.Gateway.Endpoints.Paths;

/// <summary>Answers a path that no route serves: 404 in the face's shape, with the path that may be meant.</summary>
internal static class UnknownPath
{
    public static Task AnswerAsync(HttpContext context, Face face) =>
        ErrorAnswers.WriteAsync(context, face, ClientError.UnknownRoute(context.Request.Method, context.Request.Path.Value ?? "", Hint(context)));

    /// <summary>The dialect of a client whose path tells none.</summary>
    public static Face FaceOf(HttpRequest request) =>
        request.Headers.ContainsKey("anthropic-version") ? Face.Anthropic
        : request.Headers.ContainsKey("x-goog-api-client") || request.Headers.ContainsKey("x-goog-api-key") || request.Path.Value?.Contains("v1beta", StringComparison.OrdinalIgnoreCase) == true
            ? Face.Google
            : Face.OpenAI;

    private static string Hint(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        var services = context.RequestServices;
        return services.GetRequiredService<PathRepair>().Find(path, context.Request.Method, FaceOf(context.Request)) is { } meant
            ? $" Did you mean {meant}?"
            : NearestText.Find(path, services.GetRequiredService<ServedPaths>().Plain) is { } near ? $" Did you mean {near}?" : "";
    }
}
