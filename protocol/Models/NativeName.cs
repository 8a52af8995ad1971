using System.Text.Json;

namespace GeminiBalance.Protocol.Models;

/// <summary>The upstream takes every member's name in camelCase and in snake_case.</summary>
internal static class NativeName
{
    /// <returns>In camelCase.</returns>
    public static string Of(JsonProperty member)
    {
        var name = member.Name;
        if (!name.Contains('_', StringComparison.Ordinal))
        {
            return name;
        }

        var words = name.Split('_', StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0 ? name : words[0] + string.Concat(words.Skip(1).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
    }
}
