using System.Net.Http.Headers;

namespace GeminiBalance.Gateway.Upstream;

/// <summary>The client headers that go upstream, and no others: a list of what is allowed cannot forget a credential.</summary>
internal static class ForwardedHeaders
{
    private static readonly string[] Allowed =
    [
        "Accept",
        "Accept-Language",
        "User-Agent",
        "x-goog-api-client",
        "x-goog-fieldmask",
        "x-goog-request-params",
        "x-server-timeout",
        "api-revision",
        "x-gemini-api-privileged-user-id",
    ];

    /// <summary>Copies further headers that a call needs; those of a body go to the body.</summary>
    public static void CopyMore(IHeaderDictionary from, IReadOnlyList<string> names, HttpRequestMessage to)
    {
        foreach (var (name, values) in from)
        {
            if (IsAmong(name, names) && !to.Headers.TryAddWithoutValidation(name, values.ToString()))
            {
                to.Content?.Headers.TryAddWithoutValidation(name, values.ToString());
            }
        }
    }

    public static void Copy(IHeaderDictionary from, HttpRequestHeaders to)
    {
        foreach (var name in Allowed)
        {
            if (from.TryGetValue(name, out var values) && values.Count > 0)
            {
                to.TryAddWithoutValidation(name, values.Count == 1 ? values[0] : values.ToString());
            }
        }
    }

    private static bool IsAmong(string name, IReadOnlyList<string> names)
    {
        foreach (var allowed in names)
        {
            if (allowed.EndsWith('-') ? name.StartsWith(allowed, StringComparison.OrdinalIgnoreCase) : name.Equals(allowed, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
