using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Settings;

/// <summary>The kinds of settings that are written as JSON objects or arrays, and the list of keys.</summary>
internal static class StructuredSettingKinds
{
    private const string RuleExample = """{"rpm": 5, "tpm": 250000, "rpd": 100}""";

    private static readonly HashSet<string> Thresholds = ["BLOCK_LOW_AND_ABOVE", "BLOCK_MEDIUM_AND_ABOVE", "BLOCK_ONLY_HIGH", "BLOCK_NONE", "OFF"];

    /// <summary>What the connection or the pool decides for each call.</summary>
    private static readonly HashSet<string> HeadersOfOurs = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Content-Length", "Host", "Transfer-Encoding", "x-goog-api-key",
    };

    public static SettingKind<IReadOnlyList<ApiKey>> Keys { get; } = new("list of keys", $"a list of keys, each {ApiKeyText.Shape}", text =>
    {
        var list = SettingText.ParseList(text);
        if (!list.IsGood)
        {
            return new(null, list.Problem, null);
        }

        var batch = ApiKeyText.Sort(list.Value);
        if (batch.Invalid.Count > 0)
        {
            return new(null, $"no keys: {Some(batch.Invalid)}", null);
        }

        return new(batch.Keys, null, batch.Duplicates.Count == 0 ? null : $"{batch.Duplicates.Count} repeated key(s) dropped: {Some(batch.Duplicates)}");
    });

    public static SettingKind<ApiKey> Key { get; } = new(
        "key", $"a key: {ApiKeyText.Shape}", text => ApiKeyText.IsKey(text) ? new ApiKey(text) : new Parsed<ApiKey>(null, "", null));

    public static SettingKind<IReadOnlyList<SafetySetting>> Safety { get; } = new(
        "JSON array",
        $$"""an array of `{"category": "HARM_CATEGORY_…", "threshold": "…"}` with one of the thresholds {{string.Join(", ", Thresholds.Select(t => $"`{t}`"))}}""",
        ParseSafety);

    public static SettingKind<IReadOnlyDictionary<string, string>> Headers { get; } = new(
        "JSON object",
        $"an object of header names and texts; not {string.Join(", ", HeadersOfOurs)}",
        ParseHeaders);

    /// <summary><c>MODEL_RATE_LIMITS</c>.</summary>
    public static SettingKind<IReadOnlyDictionary<string, LimitRule>> ModelRules { get; } = new(
        "JSON object",
        $"an object of models (or beginnings of models that end in `*`) and limits such as `{RuleExample}`, `[5, 100]` for `rpm` and `rpd`, or a number alone for `rpm`",
        text => ParseRules(text, name => name.LastIndexOf('*') is var star && (star < 0 || star == name.Length - 1) && name.IndexOf('*', StringComparison.Ordinal) == star));

    /// <summary><c>KEY_RATE_LIMITS</c>.</summary>
    public static SettingKind<IReadOnlyDictionary<string, LimitRule>> KeyRules { get; } = new(
        "JSON object",
        $"an object of the last 8 characters of keys and limits such as `{RuleExample}`, `[5, 100]` for `rpm` and `rpd`, or a number alone for `rpm`",
        text => ParseRules(text, name => name.Length == 8));

    /// <summary>Models by the names, or words in names, that clients use.</summary>
    public static SettingKind<IReadOnlyDictionary<string, string>> ModelMap { get; } = new(
        "JSON object",
        "an object of names (or words in names) and models",
        ParseModelMap);

    private static Parsed<IReadOnlyDictionary<string, string>> ParseModelMap(string text)
    {
        using var json = SettingText.ParseJson(text);
        if (json?.RootElement is not { ValueKind: JsonValueKind.Object } map)
        {
            return new(null, "it is no JSON object", null);
        }

        var models = new OrderedDictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in map.EnumerateObject())
        {
            if (entry.Name.Length == 0 || entry.Value.ValueKind != JsonValueKind.String || SettingKinds.Model.Parse(entry.Value.GetString()!) is not { IsGood: true } model)
            {
                return new(null, $"entry {models.Count + 1} is none of these", null);
            }

            models[entry.Name] = model.Value;
        }

        return new(models, null, null);
    }

    private static Parsed<IReadOnlyList<SafetySetting>> ParseSafety(string text)
    {
        using var json = SettingText.ParseJson(text);
        if (json?.RootElement is not { ValueKind: JsonValueKind.Array } array)
        {
            return new(null, "it is no JSON array", null);
        }

        var settings = new List<SafetySetting>();
        foreach (var item in array.EnumerateArray())
        {
            if (Text(item, "category") is not { } category || !category.StartsWith("HARM_CATEGORY_", StringComparison.Ordinal)
                || Text(item, "threshold") is not { } threshold || !Thresholds.Contains(threshold))
            {
                return new(null, $"entry {settings.Count + 1} is none of these", null);
            }

            settings.Add(new SafetySetting(category, threshold));
        }

        return new(settings, null, null);
    }

    private static Parsed<IReadOnlyDictionary<string, string>> ParseHeaders(string text)
    {
        using var json = SettingText.ParseJson(text);
        if (json?.RootElement is not { ValueKind: JsonValueKind.Object } map)
        {
            return new(null, "it is no JSON object", null);
        }

        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        using var probe = new HttpRequestMessage();
        foreach (var header in map.EnumerateObject())
        {
            if (header.Value.ValueKind != JsonValueKind.String || HeadersOfOurs.Contains(header.Name)
                || !IsHeader(probe.Headers, header.Name, header.Value.GetString()!))
            {
                return new(null, $"entry {headers.Count + 1} is no such header", null);
            }

            headers[header.Name] = header.Value.GetString()!;
        }

        return new(headers, null, null);
    }

    private static Parsed<IReadOnlyDictionary<string, LimitRule>> ParseRules(string text, Func<string, bool> isName)
    {
        using var json = SettingText.ParseJson(text);
        if (json?.RootElement is not { ValueKind: JsonValueKind.Object } map)
        {
            return new(null, "it is no JSON object", null);
        }

        var rules = new Dictionary<string, LimitRule>();
        foreach (var entry in map.EnumerateObject())
        {
            if (entry.Name.Length == 0 || !isName(entry.Name) || ParseRule(entry.Value) is not { } rule)
            {
                return new(null, $"entry {rules.Count + 1} is none of these", null);
            }

            rules[entry.Name] = rule;
        }

        return new(rules, null, null);
    }

    private static LimitRule? ParseRule(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return value.ValueKind == JsonValueKind.Array ? ParsePair([.. value.EnumerateArray()])
                : Count(value) is { } perMinute ? new LimitRule(perMinute) : null;
        }

        var rule = new LimitRule();
        foreach (var limit in value.EnumerateObject())
        {
            if (Count(limit.Value) is not { } count)
            {
                return null;
            }

            switch (limit.Name.ToLowerInvariant())
            {
                case "rpm": rule = rule with { RequestsPerMinute = count }; break;
                case "tpm": rule = rule with { TokensPerMinute = count }; break;
                case "rpd": rule = rule with { RequestsPerDay = count }; break;
                default: return null;
            }
        }

        return rule;
    }

    private static LimitRule? ParsePair(JsonElement[] pair) =>
        pair is [var first, var second] && Count(first) is { } perMinute && Count(second) is { } perDay ? new LimitRule(perMinute, RequestsPerDay: perDay) : null;

    /// <summary>A number, or one in quotes: <c>appsettings.json</c> arrives without types.</summary>
    private static long? Count(JsonElement value)
    {
        var text = value.ValueKind switch
        {
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.String => value.GetString(),
            _ => null,
        };
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null;
    }

    private static bool IsHeader(HttpRequestHeaders probe, string name, string value)
    {
        probe.Clear();
        return value.All(c => c is >= ' ' and < '\u007f') && probe.TryAddWithoutValidation(name, value);
    }

    private static string? Text(JsonElement item, string name) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string Some(IReadOnlyList<string> masked) => string.Join(", ", masked.Take(5)) + (masked.Count > 5 ? $" and {masked.Count - 5} more" : "");
}
