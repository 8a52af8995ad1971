using System.Text;

namespace GeminiBalance.Gateway.Settings;

/// <summary>The reference page <c>docs/settings.md</c>, from <see cref="SettingTable"/>.</summary>
internal static class SettingsPage
{
    public static string ToMarkdown()
    {
        var page = new StringBuilder();
        page.Append(
            """
            # Settings

            <!-- Generated: dotnet run --project gateway -- settings --markdown > docs/settings.md -->

            Each setting is one name, written in any of four places. What is stored through the admin API wins over the environment, which wins over a
            `.env` file in the working directory, which wins over `appsettings.json`. Wrong values stop the start, and all of them are named at once.

            - Lists are JSON arrays, or values separated by commas or line ends. JSON may use single quotes.
            - Yes and no are `true` and `false`, in any case; `1`/`0`, `yes`/`no` and `on`/`off` are understood too.
            - In `.env`: `#` begins a comment at the start of a line or after a space, `export ` is allowed, values in quotes may span lines,
              JSON needs no quotes around it, and nothing is substituted.
            - An empty value is the same as none; stored, it stands for no value whatever the environment says.
            - `PUT /api/settings` stores an object such as `{"MAX_RETRIES": 5, "FILTERED_MODELS": ["gemini-x"]}`, all of it or, when anything is wrong, nothing.
              It is in force from the next request on. `DELETE /api/settings/{name}`, or null for a value, returns to what the environment says.
            - A stored value that a later version does not take is left out with a note at the start; the environment's counts.
            - Secret settings are never shown: not in errors, logs or the admin API. Stored, they are encrypted.
            - Settings marked *restart* take effect at the next start. The others do when they are stored, and after a change of `.env` with `POST /api/settings/reload`.
            - Settings marked *environment* are read before the database is, and cannot be stored.
            - Settings of gemini-balance that have no effect here are named once at the start; unknown names are ignored.

            """);
        AppendTables(page, SettingTable.All);
        AppendForeign(page);
        return page.ToString();
    }

    /// <summary>A table for each group.</summary>
    public static void AppendTables(StringBuilder page, IEnumerable<SettingDefinition> definitions)
    {
        foreach (var group in definitions.GroupBy(definition => definition.Group))
        {
            page.Append('\n').Append("## ").Append(group.Key).Append("\n\n| Setting | Type | Default | Meaning | Must be |\n|---|---|---|---|---|\n");
            foreach (var definition in group)
            {
                page.Append(Row(definition));
            }
        }
    }

    private static void AppendForeign(StringBuilder page)
    {
        page.Append(
            """

            ## gemini-balance's settings

            Every setting of gemini-balance 2.2.8, and what has become of it. `gateway import` ([migrating.md](migrating.md)) goes by the same list.

            | Setting | Here | What is different, and why |
            |---|---|---|

            """);
        foreach (var setting in ForeignSettings.All)
        {
            page.Append($"| `{setting.Name}` | {setting.Status.ToString().ToLowerInvariant()} | {setting.Note} |\n");
        }
    }

    private static string Row(SettingDefinition definition)
    {
        var marks = string.Concat(
            definition.IsRequired ? "<br>*required*" : "",
            definition.IsSecret ? "<br>*secret*" : "",
            definition.NeedsRestart ? "<br>*restart*" : "",
            definition.IsStorable ? "" : "<br>*environment*");
        var defaultText = definition.Default.Length == 0 ? "none" : $"`{definition.Default}`";
        return $"| `{definition.Name}`{marks} | {definition.Type} | {defaultText} | {definition.Meaning} | {definition.Allowed} |\n".Replace("\r", "", StringComparison.Ordinal);
    }
}
