namespace GeminiBalance.Gateway.Endpoints.Paths;

/// <summary>Finds the path that a wrong one means: its end names what is wanted, its beginning only says in whose API. Pure but for the route table.</summary>
internal sealed class PathRepair(ServedPaths served)
{
    private const int SegmentsMax = 16;
    private const string OpenAI = "/v1";
    private const string Google = "/v1beta";
    private static readonly string[] Forwards = ["/openai/v1", "/v1beta/openai"];

    /// <param name="path">A path that no route serves.</param>
    /// <param name="verb">The verb of the request.</param>
    /// <param name="face">The dialect that the client seems to speak; it decides where both have such a path.</param>
    /// <returns>A path that a route serves; null when none is meant for certain.</returns>
    public string? Find(string path, string verb, Face face)
    {
        var segments = PathWords.WithPlural(PathWords.WithColon(PathWords.Split(path)));
        if (segments.Length is 0 or > SegmentsMax)
        {
            return null;
        }

        for (var start = 0; start < segments.Length; start++)
        {
            if (PathWords.IsPrefix(segments[start]))
            {
                continue;
            }

            var tail = string.Join('/', segments[start..]);
            foreach (var prefix in Candidates(segments[..start], face))
            {
                var candidate = $"{prefix}/{tail}";
                if (Means(prefix, tail, candidate, verb) && !candidate.Equals(path.TrimEnd('/'), StringComparison.OrdinalIgnoreCase))
                {
                    return candidate;
                }
            }
        }

        return null;
    }

    private static IEnumerable<string> Candidates(string[] front, Face face)
    {
        bool Has(string word) => front.Contains(word, StringComparer.OrdinalIgnoreCase);
        if (Has("vertex-express"))
        {
            return ["/vertex-express/v1beta"];
        }

        var isGoogle = face == Face.Google || Has("gemini") || Has("v1beta") || Has("v1alpha");
        IEnumerable<string> faces = isGoogle ? [Google, OpenAI] : [OpenAI, Google];
        var named = Has("openai") ? Has("v1beta") ? Forwards.Reverse() : Forwards : Has("hf") ? ["/hf/v1"] : [];
        return ["", .. named, .. faces, "/upload/v1beta"];
    }

    private bool Means(string prefix, string tail, string candidate, string verb)
    {
        if (served.Serves(candidate, verb))
        {
            return true;
        }

        if (!served.Takes(candidate, verb))
        {
            return false;
        }

        // What is forwarded has no list of its own: it is what the translated face has.
        return Forwards.Contains(prefix) ? served.Serves($"{OpenAI}/{tail}", verb) : IsCall(tail, verb, prefix);
    }

    private static bool IsCall(string tail, string verb, string prefix) =>
        prefix != OpenAI && prefix.Length > 0 && tail.Contains('/', StringComparison.Ordinal) && GeminiPath.TryParse(tail, out var call) && (call.Method is null
            ? HttpMethods.IsGet(verb)
            : HttpMethods.IsPost(verb));
}
