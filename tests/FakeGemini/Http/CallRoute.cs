namespace GeminiBalance.FakeGemini;

/// <summary>Reads method and model from a path.</summary>
internal static class CallRoute
{
    private const string Compatible = "openai/";
    private const string Models = "models/";

    /// <param name="path">After the version segment.</param>
    /// <returns>Whether the API has such a path for this verb.</returns>
    public static bool Find(FakeCall call, string path)
    {
        var isGet = HttpMethods.IsGet(call.Context.Request.Method);
        if (path.StartsWith(Compatible, StringComparison.Ordinal))
        {
            call.IsCompatible = true;
            path = path[Compatible.Length..];
            if (path is "chat/completions" or "embeddings")
            {
                call.Method = path;
                return !isGet;
            }
        }

        if (path == "models")
        {
            call.Method = "models.list";
            return isGet;
        }

        return path.StartsWith(Models, StringComparison.Ordinal) && FindMethod(call, path[Models.Length..], isGet);
    }

    private static bool FindMethod(FakeCall call, string rest, bool isGet)
    {
        // The compatible list gives its ids with the prefix, and clients send them back so.
        rest = call.IsCompatible && rest.StartsWith(Models, StringComparison.Ordinal) ? rest[Models.Length..] : rest;
        var colon = rest.LastIndexOf(':');
        call.Model = colon < 0 ? rest : rest[..colon];
        call.Method = colon < 0 ? "models.get" : rest[(colon + 1)..];
        var isStream = call.Method == "streamGenerateContent";
        call.IsEventStream = isStream && call.Context.Request.Query["alt"] == "sse";
        call.IsArrayStream = isStream && !call.IsEventStream;
        return isGet == colon < 0 && !call.Model.Contains('/') && (colon < 0 || !call.IsCompatible);
    }
}
