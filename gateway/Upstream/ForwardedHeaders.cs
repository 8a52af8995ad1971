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
}
