using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using GeminiBalance.Gateway.Settings;

namespace GeminiBalance.Gateway.Import;

/// <summary>What of a list or a map can be used when it cannot be used as a whole: one wrong proxy must not let calls leave without any. Pure.</summary>
/// <param name="Text">The good entries; null when there is none.</param>
/// <param name="Wrong">Which are left out, by number or by name, without their values.</param>
internal sealed record GoodEntries(string? Text, IReadOnlyList<string> Wrong)
{
    public static GoodEntries Of(SettingDefinition definition, string text, SettingCatalog catalog)
    {
        bool IsGood(string candidate) => SettingsReader.Check(new Dictionary<string, string?> { [definition.Name] = candidate }, catalog).Count == 0;
        var none = new GoodEntries(null, []);
        using var json = SettingText.ParseJson(text);
        if (json?.RootElement.ValueKind == JsonValueKind.Object)
        {
            var members = json.RootElement.EnumerateObject().ToLookup(member => IsGood(Map(member).ToJsonString()));
            return members[true].Any() ? new(Map([.. members[true]]).ToJsonString(), [.. members[false].Select(member => SettingsReader.ShowName(member.Name))]) : none;
        }

        if (SettingText.ParseList(text).Value is not { Count: > 0 } items)
        {
            return none;
        }

        if (items is [var only] && IsGood(only))
        {
            return new(only, []);
        }

        var entries = items.Select((item, at) => (Item: item, Number: at + 1)).ToLookup(entry => IsGood(List(entry.Item)));
        return entries[true].Any()
            ? new(List([.. entries[true].Select(entry => entry.Item)]), [.. entries[false].Select(entry => entry.Number.ToString(CultureInfo.InvariantCulture))])
            : none;
    }

    private static string List(params IEnumerable<string> items) => new JsonArray([.. items.Select(item => JsonValue.Create(item))]).ToJsonString();

    private static JsonObject Map(params IEnumerable<JsonProperty> members) =>
        new(members.GroupBy(member => member.Name).Select(same => KeyValuePair.Create(same.Key, JsonNode.Parse(same.Last().Value.GetRawText()))));
}
