using GeminiBalance.Gateway.Settings;

namespace GeminiBalance.Gateway.Import;

/// <summary>What becomes of one setting. Pure.</summary>
internal static class ImportJudge
{
    public static ImportLine Judge(string name, string text, ImportState state)
    {
        var foreign = ForeignSettings.Find(name);
        if (foreign is { Status: not ForeignStatus.Supported })
        {
            return new(name, foreign.Status == ForeignStatus.Replaced ? ImportVerdict.Replaced : ImportVerdict.Refused, foreign.Note);
        }

        if (state.Catalog.Definitions.FirstOrDefault(definition => definition.Name == name) is not { } definition)
        {
            return SettingTable.All.Any(line => line.Name == name)
                ? new(name, ImportVerdict.Replaced, "Gateways of a cluster have none of their own; silos have theirs (docs/settings-cluster.md).")
                : new(SettingsReader.ShowName(name), ImportVerdict.Unknown, "gemini-balance 2.2.8 has no such setting.");
        }

        return definition.IsStorable
            ? Judge(definition, foreign, text, state)
            : new(name, ImportVerdict.Replaced, $"{foreign?.Note} It is set in the environment, .env or appsettings.json.".TrimStart());
    }

    private static ImportLine Judge(SettingDefinition definition, ForeignSetting? foreign, string text, ImportState state)
    {
        ImportLine Line(ImportVerdict verdict, string note) => new(definition.Name, verdict, note);
        var shown = SettingsReader.Show(definition, text);
        var stored = state.Stored.GetValueOrDefault(definition.Name);
        var holds = stored ?? state.Environment.GetValueOrDefault(definition.Name);
        if (text.Length == 0)
        {
            return Line(ImportVerdict.Default, "not set");
        }

        if (stored is not null && definition.IsSame(text, stored))
        {
            return Line(ImportVerdict.There, shown);
        }

        if (definition.IsSame(text, definition.Default) && (holds is null || definition.IsSame(holds, definition.Default)))
        {
            return Line(ImportVerdict.Default, shown);
        }

        if (foreign?.Default is { } usual && definition.IsSame(text, usual) && !definition.IsSame(usual, definition.Default))
        {
            return Line(ImportVerdict.OtherDefault, $"{shown}: {foreign.Note}");
        }

        var errors = SettingsReader.Check(new Dictionary<string, string?> { [definition.Name] = text }, state.Catalog);
        if (errors.Count > 0)
        {
            return GoodEntries.Of(definition, text, state.Catalog) switch
            {
                { Text: { } whole, Wrong: [] } => Judge(definition, foreign, whole, state) with { Text = whole },
                { Text: { } good, Wrong: var wrong } =>
                    new(definition.Name, ImportVerdict.Partly, $"{SettingsReader.Show(definition, good)}; left out: {string.Join(", ", wrong)}. {errors[0]}", good),
                _ => Line(ImportVerdict.Invalid, errors[0]),
            };
        }

        return Line(ImportVerdict.Taken, holds is null || definition.IsSame(text, holds) ? shown
            : $"{shown}, over {SettingsReader.Show(definition, holds)} {(stored is null ? "of the environment" : "that was stored")}");
    }
}
