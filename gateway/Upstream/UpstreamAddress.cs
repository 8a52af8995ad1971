using System.Text;
using GeminiBalance.Gateway.Settings;
using Microsoft.AspNetCore.WebUtilities;

namespace GeminiBalance.Gateway.Upstream;

/// <summary>Builds upstream addresses. A client's credentials in the query never get into one.</summary>
internal static class UpstreamAddress
{
    /// <param name="baseUrl">The upstream up to and including the version, without a slash at the end.</param>
    /// <param name="path">The path below it, escaped, without a slash in front.</param>
    /// <param name="query">The client's query with its question mark, or empty.</param>
    public static Uri Of(Uri baseUrl, string path, string? query = null) =>
        new($"{baseUrl.OriginalString.TrimEnd('/')}/{path}{WithoutCredentials(query)}");

    /// <summary>The upstream in the version of a client's path: <c>v1alpha</c> takes what <c>v1beta</c> refuses. Others are served in the configured one.</summary>
    /// <param name="path">The client's path.</param>
    /// <param name="baseUrl">The upstream up to and including the version.</param>
    public static Uri VersionFor(PathString path, Uri baseUrl) =>
        path.StartsWithSegments("/v1alpha", StringComparison.OrdinalIgnoreCase) && baseUrl.OriginalString.TrimEnd('/') is var text && text.EndsWith("/v1beta", StringComparison.Ordinal)
            ? new(string.Concat(text.AsSpan(0, text.Length - "v1beta".Length), "v1alpha"))
            : baseUrl;

    /// <summary>The address of a connection, which stands beside the version: <c>https://host/ws/…</c>.</summary>
    /// <param name="baseUrl">The upstream up to and including the version.</param>
    /// <param name="path">The path beside it, without a slash in front.</param>
    /// <param name="query">The client's query.</param>
    public static Uri OfLive(Uri baseUrl, string path, string? query)
    {
        var text = baseUrl.OriginalString.TrimEnd('/');
        return new($"{(baseUrl.AbsolutePath == "/" ? text : text[..text.LastIndexOf('/')])}/{path}{WithoutCredentials(query)}");
    }

    /// <summary>The address for uploads, which stands beside the version: <c>https://host/upload/v1beta/files</c>.</summary>
    /// <param name="baseUrl">The upstream up to and including the version.</param>
    /// <param name="path">The path below it.</param>
    /// <param name="query">The client's query.</param>
    public static Uri OfUpload(Uri baseUrl, string path, string? query)
    {
        var text = baseUrl.OriginalString.TrimEnd('/');
        var version = text.LastIndexOf('/');
        return new($"{text[..version]}/upload{text[version..]}/{path}{WithoutCredentials(query)}");
    }

    /// <summary>An address with a token that stands for a key, where browsers give it.</summary>
    public static Uri WithToken(Uri address, Secret token) =>
        new($"{address.OriginalString}{(address.Query.Length > 0 ? '&' : '?')}access_token={token.Reveal()}");

    /// <summary>Drops the parameters that carry credentials and keeps every other byte.</summary>
    public static string WithoutCredentials(string? query)
    {
        if (string.IsNullOrEmpty(query) || query == "?" || query == "?alt=sse")
        {
            return query is "?alt=sse" ? query : "";
        }

        if (!HasCredential(query.AsMemory()))
        {
            return query;
        }

        var kept = new StringBuilder(query.Length);
        foreach (var range in query.AsSpan(1).Split('&'))
        {
            var pair = query.AsMemory(1)[range];
            if (!HasCredential(pair))
            {
                kept.Append(kept.Length == 0 ? '?' : '&').Append(pair);
            }
        }

        return kept.ToString();
    }

    private static bool HasCredential(ReadOnlyMemory<char> query)
    {
        foreach (var pair in new QueryStringEnumerable(query))
        {
            var name = pair.DecodeName().Span.TrimStart('$');
            if (name.Equals("key", StringComparison.OrdinalIgnoreCase) || name.Equals("access_token", StringComparison.OrdinalIgnoreCase)
                || name.Equals("oauth_token", StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
