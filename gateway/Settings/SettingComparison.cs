using System.Globalization;
using System.Text.Json;

namespace GeminiBalance.Gateway.Settings;

/// <summary>Whether two texts of a setting mean the same, however they are written.</summary>
internal static class SettingComparison
{
    public static bool IsSame(this SettingDefinition definition, string one, string other) =>
        string.Equals(Canonical(definition, one), Canonical(definition, other), StringComparison.Ordinal);

    private static string Canonical(SettingDefinition definition, string text)
    {
        if (SettingText.ParseJson(text) is { } json)
        {
            using (json)
            {
                if (json.RootElement.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
                {
                    return Canonical(json.RootElement);
                }
            }
        }

        if (definition.Type.StartsWith("list", StringComparison.Ordinal))
        {
            return Join(SettingText.ParseList(text).Value ?? [text]);
        }

        if (definition.Type == "true/false" && SettingKinds.Switch.Parse(text) is { IsGood: true, Value: var isOn })
        {
            return isOn ? "true" : "false";
        }

        return double.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number.ToString(CultureInfo.InvariantCulture)
            : definition.Type == "word" ? text.ToUpperInvariant()
            : text.TrimEnd('/');
    }

    /// <summary>Lists here are sets; an empty one is as good as none.</summary>
    private static string Canonical(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Array => Join(json.EnumerateArray().Select(Canonical)),
        JsonValueKind.Object => Join(json.EnumerateObject().Select(entry => $"{entry.Name}={Canonical(entry.Value)}")),
        JsonValueKind.Number => json.GetDouble().ToString(CultureInfo.InvariantCulture),
        _ => json.ToString(),
    };

    private static string Join(IEnumerable<string> items) => string.Join('\n', items.Distinct().Order(StringComparer.Ordinal));
}
