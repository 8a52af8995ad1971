namespace GeminiBalance.Gateway.Endpoints.Paths;

/// <summary>The words that paths begin with before they name anything: versions, faces, and what proxies put in front. Pure.</summary>
internal static class PathWords
{
    private static readonly HashSet<string> Prefixes = new(StringComparer.OrdinalIgnoreCase)
    {
        "v1", "v1beta", "v1beta1", "v1alpha", "v2", "api", "gemini", "openai", "hf", "google", "publishers", "vertex-express", "proxy",
    };

    private static readonly HashSet<string> GeminiMethods = new(StringComparer.OrdinalIgnoreCase)
    {
        "generateContent", "streamGenerateContent", "countTokens", "embedContent", "batchEmbedContents",
    };

    private static readonly HashSet<string> OpenAIWords = new(StringComparer.OrdinalIgnoreCase)
    {
        "chat", "completions", "embeddings", "responses", "messages", "images", "audio", "moderations",
    };

    private static readonly HashSet<string> Singulars = new(StringComparer.OrdinalIgnoreCase)
    {
        "completion", "embedding", "response", "message", "generation", "edit", "transcription", "translation", "model",
    };

    public static string[] Split(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Whether a segment only says which API is meant.</summary>
    public static bool IsPrefix(string segment) => Prefixes.Contains(segment);

    /// <summary>
    /// Whether what a route takes as "the rest" is a whole path of its own, another API's, or has its method behind a slash: nothing of the upstream
    /// is named so.
    /// </summary>
    public static bool IsForeign(string? rest, Face face)
    {
        var segments = Split(rest ?? "");
        return segments.Length > 1
            && (IsPrefix(segments[0])
                || (face == Face.Google && OpenAIWords.Contains(segments[0]))
                || (segments.Length > 2 && segments[0] == "models" && (IsPrefix(segments[1]) || segments[1] == "models" || GeminiMethods.Contains(segments[^1]))));
    }

    /// <summary>Puts a last word into the plural that routes have.</summary>
    public static string[] WithPlural(string[] segments) =>
        segments is [.. var front, var last] && Singulars.Contains(last) ? [.. front, $"{last}s"] : segments;

    /// <summary>Puts a colon where a method stands behind a slash.</summary>
    public static string[] WithColon(string[] segments) => segments is [.. var front, var model, var method] && GeminiMethods.Contains(method) && !model.Contains(':')
        ? [.. front, $"{model}:{method}"]
        : segments;
}
