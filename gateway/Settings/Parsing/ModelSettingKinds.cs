using System.Text.Json;

namespace GeminiBalance.Gateway.Settings;

/// <summary>The kinds of settings that say something by model's name.</summary>
internal static class ModelSettingKinds
{
    private const int BudgetMin = -1;
    private const int BudgetMax = 32_768;

    /// <summary><c>THINKING_BUDGET_MAP</c>. Whole numbers may come with a decimal point, as gemini-balance writes them.</summary>
    public static SettingKind<IReadOnlyDictionary<string, int>> Budgets { get; } = new(
        "JSON object",
        $"an object of models and numbers from {BudgetMin} to {BudgetMax}, such as `{{\"gemini-2.5-flash\": 1024}}`",
        text => Parse<int>(text, IsExact, value => Number(value) is { } tokens and >= BudgetMin and <= BudgetMax && double.IsInteger(tokens) ? (int)tokens : null));

    /// <summary><c>MODEL_ALIASES</c>.</summary>
    public static SettingKind<IReadOnlyDictionary<string, string>> Aliases { get; } = new(
        "JSON object", "an object of names and models, such as `{\"fast\": \"gemini-2.5-flash-non-thinking\"}`", text => Names(text, IsExact));

    /// <summary><c>MODEL_MAP</c>.</summary>
    public static SettingKind<IReadOnlyDictionary<string, string>> Map { get; } = new(
        "JSON object",
        "an object of models (or beginnings of models that end in `*`) and models, such as `{\"gemini-1.5-pro*\": \"gemini-2.5-pro\"}`",
        text => Names(text, name => IsExact(name.EndsWith('*') ? name[..^1] + "x" : name)));

    private static bool IsExact(string name) => SettingKinds.Model.Parse(name) is { IsGood: true, Value: { } model }
        && model.Length <= Limits.ModelNameCharsMax && model[0] != '.' && !model.Contains("..", StringComparison.Ordinal)
        && model.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');

    private static Parsed<IReadOnlyDictionary<string, string>> Names(string text, Func<string, bool> isName)
    {
        var parsed = Parse<Model>(text, isName, value =>
            value.ValueKind is JsonValueKind.String && IsExact(value.GetString()!) ? new Model(SettingKinds.Model.Parse(value.GetString()!).Value!) : null);
        return parsed.IsGood ? new(parsed.Value.ToDictionary(entry => entry.Key, entry => entry.Value.Name, StringComparer.Ordinal), null, null) : new(null, parsed.Problem, null);
    }

    private static Parsed<IReadOnlyDictionary<string, T>> Parse<T>(string text, Func<string, bool> isName, Func<JsonElement, T?> read)
        where T : struct
    {
        using var json = SettingText.ParseJson(text);
        if (json?.RootElement is not { ValueKind: JsonValueKind.Object } map)
        {
            return new(null, "it is no JSON object", null);
        }

        var entries = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var entry in map.EnumerateObject())
        {
            if (!isName(entry.Name) || read(entry.Value) is not { } value)
            {
                return new(null, $"entry {entries.Count + 1} is none of these", null);
            }

            entries[entry.Name.StartsWith("models/", StringComparison.Ordinal) ? entry.Name["models/".Length..] : entry.Name] = value;
        }

        return new(entries, null, null);
    }

    /// <summary>A number, or one in quotes: <c>appsettings.json</c> arrives without types.</summary>
    private static double? Number(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.GetDouble(),
        JsonValueKind.String when double.TryParse(value.GetString(), System.Globalization.CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };

    private readonly record struct Model(string Name);
}
