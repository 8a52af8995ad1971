using Microsoft.AspNetCore.WebUtilities;

namespace GeminiBalance.Gateway.Endpoints;

/// <summary>The parameter of a native call that says how its answer is to be written: <c>alt</c>.</summary>
internal static class AnswerForm
{
    /// <summary>The query without it, every other byte as it was.</summary>
    /// <param name="query">With its question mark, or empty.</param>
    public static string Without(string? query)
    {
        if (string.IsNullOrEmpty(query))
        {
            return "";
        }

        var kept = query[1..].Split('&').Where(pair => !IsForm(pair));
        return string.Join('&', kept) is { Length: > 0 } rest ? $"?{rest}" : "";
    }

    private static bool IsForm(string pair)
    {
        foreach (var member in new QueryStringEnumerable(pair))
        {
            return member.DecodeName().Span.TrimStart('$').Equals("alt", StringComparison.OrdinalIgnoreCase);
        }

        return false;
    }
}
