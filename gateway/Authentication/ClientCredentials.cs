using GeminiBalance.Gateway.Hosting;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace GeminiBalance.Gateway.Authentication;

/// <summary>Finds the client's token in every place that clients put it. Empty values do not count, and one valid token is enough.</summary>
internal static class ClientCredentials
{
    private const string BearerPrefix = "Bearer ";

    private static readonly string[] TokenHeaders = ["x-goog-api-key", "x-api-key", "api-key"];

    /// <returns>The client's id, or null when no credential is accepted.</returns>
    public static string? FindClientId(HttpRequest request, IClientTokens tokens)
    {
        foreach (var value in request.Headers.Authorization)
        {
            if (value is not null && value.StartsWith(BearerPrefix, StringComparison.OrdinalIgnoreCase)
                && Find(value.AsSpan(BearerPrefix.Length), tokens) is { } clientId)
            {
                return clientId;
            }
        }

        foreach (var name in TokenHeaders)
        {
            if (request.Headers.TryGetValue(name, out var values) && Find(values, tokens) is { } clientId)
            {
                return clientId;
            }
        }

        return request.QueryString.HasValue ? FindInQuery(request.QueryString.Value, tokens) : null;
    }

    private static string? FindInQuery(string? query, IClientTokens tokens)
    {
        foreach (var pair in new QueryStringEnumerable(query))
        {
            if (pair.DecodeName().Span is "key" or "access_token" && Find(pair.DecodeValue().Span, tokens) is { } clientId)
            {
                return clientId;
            }
        }

        return null;
    }

    private static string? Find(StringValues values, IClientTokens tokens)
    {
        foreach (var value in values)
        {
            if (Find(value, tokens) is { } clientId)
            {
                return clientId;
            }
        }

        return null;
    }

    private static string? Find(ReadOnlySpan<char> value, IClientTokens tokens)
    {
        var token = value.Trim();
        return token.IsEmpty ? null : tokens.FindClientId(token);
    }
}
