using System.Diagnostics.CodeAnalysis;

namespace GeminiBalance.Gateway.Endpoints;

/// <summary>What a native path names: <c>models/gemini-2.5-flash:generateContent</c>.</summary>
/// <param name="Collection"><c>models</c>, <c>tunedModels</c> or another collection of models.</param>
/// <param name="Model">The model's id within the collection.</param>
/// <param name="Method">The method after the colon; null for the model itself.</param>
internal sealed record GeminiPath(string Collection, string Model, string? Method)
{
    private static readonly HashSet<string> PlainMethods = new(StringComparer.Ordinal)
    {
        "generateContent", "streamGenerateContent", "countTokens", "embedContent", "batchEmbedContents", "predict", "generateAnswer", "generateText", "embedText",
    };

    /// <summary>The model as quotas and filters know it.</summary>
    public string QuotaModel => Collection == "models" ? Model : $"{Collection}/{Model}";

    /// <summary>Whether the answer names something that belongs to the key from then on: a job.</summary>
    public bool MakesResource => Method is not null && !PlainMethods.Contains(Method);

    /// <summary>Whether a job is made that the upstream counts apart from the model's own requests.</summary>
    public bool IsBatch => Method is "batchGenerateContent" or "asyncBatchEmbedContent";

    /// <summary>Reads a path below the version. Percent-encoded slashes and colons, a missing <c>models/</c> and a slash at the end are tolerated.</summary>
    public static bool TryParse(string? path, [NotNullWhen(true)] out GeminiPath? parsed)
    {
        parsed = null;
        path = Unescape(path).Trim('/');
        var colon = path.LastIndexOf(':');
        var method = colon < 0 ? null : path[(colon + 1)..];
        var resource = colon < 0 ? path : path[..colon];
        var slash = resource.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 && method is null)
        {
            return false;
        }

        var collection = slash < 0 ? "models" : resource[..slash];
        var model = resource[(slash + 1)..];
        if (collection is not ("models" or "tunedModels" or "dynamic") || !IsName(model) || (method is not null && !IsName(method)))
        {
            return false;
        }

        parsed = new GeminiPath(collection, model, method);
        return true;
    }

    private static string Unescape(string? path) => path is null ? "" : path.Contains('%', StringComparison.Ordinal) ? Uri.UnescapeDataString(path) : path;

    // What goes into an upstream address and into the tables of quotas: no slashes, no dots alone, no free text.
    private static bool IsName(string name)
    {
        if (name.Length is 0 or > Limits.ModelNameCharsMax || name[0] == '.')
        {
            return false;
        }

        foreach (var c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.' or '@' or '~'))
            {
                return false;
            }
        }

        return true;
    }
}
