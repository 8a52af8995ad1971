using System.Buffers;
using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace GeminiBalance.Gateway.Settings;

/// <summary>Reads all settings from the configuration, and finds all errors.</summary>
internal static class SettingsReader
{
    private const int ShownCharsMax = 120;

    /// <summary>Reads the environment and the files alone.</summary>
    public static SettingsReading Read(IConfiguration configuration, SettingCatalog catalog) =>
        Read(Collect(configuration, catalog), ImmutableDictionary<string, string>.Empty, catalog);

    public static SettingTexts Collect(IConfiguration configuration, SettingCatalog catalog)
    {
        var values = new Dictionary<string, string>();
        foreach (var definition in catalog.Definitions)
        {
            if (Find(configuration, definition.Name) is { } text)
            {
                values[definition.Name] = text;
            }
        }

        return new SettingTexts(values, [.. catalog.Foreign.Where(name => Find(configuration, name) is not null)], [.. MistypedNames.Find(configuration, catalog)]);
    }

    /// <summary>Reads what is stored over what the environment says. A stored text that is wrong is a note, and the environment's counts.</summary>
    public static SettingsReading Read(SettingTexts environment, IReadOnlyDictionary<string, string> stored, SettingCatalog catalog)
    {
        var settings = catalog.Defaults;
        var texts = new Dictionary<string, string>();
        var inForce = new HashSet<string>();
        var errors = new List<string>();
        var notes = new List<string>();
        var shadowed = new List<string>();
        foreach (var definition in catalog.Definitions)
        {
            if (definition.IsStorable && stored.TryGetValue(definition.Name, out var kept))
            {
                if (Apply(definition, kept, ref settings, texts, notes) is not { } wrong)
                {
                    inForce.Add(definition.Name);
                    if (environment.Values.TryGetValue(definition.Name, out var hidden) && !definition.IsSame(hidden, kept))
                    {
                        shadowed.Add(definition.Name);
                    }

                    continue;
                }

                notes.Add($"The stored value is left out: {wrong}");
            }

            if (!environment.Values.TryGetValue(definition.Name, out var text))
            {
                if (definition.IsRequired)
                {
                    errors.Add($"{definition.Name} is missing: must be {definition.Allowed}.");
                }
            }
            else if (Apply(definition, text, ref settings, texts, notes) is { } error)
            {
                errors.Add(error);
            }
        }

        notes.AddRange(environment.Mistyped.Select(mistyped => $"There is no setting {ShowName(mistyped.Name)}. Is {mistyped.Meant} meant?"));
        if (shadowed.Count > 0)
        {
            notes.Add($"Stored values count, and not those of the environment or .env: {string.Join(", ", shadowed)} (DELETE /api/settings/NAME returns to the environment's)");
        }

        if (environment.Foreign.Count > 0)
        {
            notes.Add($"Known from gemini-balance, without effect here (docs/settings.md says why): {string.Join(", ", environment.Foreign)}");
        }

        notes.AddRange(SettingHints.Of(settings));
        return new SettingsReading(settings, environment, texts, inForce, errors, notes);
    }

    /// <summary>What is wrong with texts that are to be stored.</summary>
    /// <param name="changes">Texts by name; an empty one stands for no value, and null for what the environment says.</param>
    /// <param name="catalog">The settings there are.</param>
    public static IReadOnlyList<string> Check(IReadOnlyDictionary<string, string?> changes, SettingCatalog catalog)
    {
        var definitions = catalog.Definitions.ToDictionary(definition => definition.Name);
        var errors = new List<string>();
        foreach (var (name, text) in changes)
        {
            if (!definitions.TryGetValue(name, out var definition))
            {
                errors.Add(catalog.Foreign.Contains(name) ? $"{name} is known from gemini-balance and has no effect here." : $"There is no such setting: {ShowName(name)}.");
            }
            else if (!definition.IsStorable)
            {
                errors.Add($"{name} is read before the database is, so only the environment, .env and appsettings.json can set it.");
            }
            else if (text is not null)
            {
                var settings = catalog.Defaults;
                if (Apply(definition, text, ref settings, [], []) is { } error)
                {
                    errors.Add(error);
                }
            }
        }

        return errors;
    }

    /// <summary>A text as people may see it.</summary>
    public static string Show(SettingDefinition definition, string text) =>
        definition.IsSecret || MayHoldKey(text) ? $"(hidden, {text.Length} characters)" : $"'{Shorten(text)}'";

    /// <summary>A name that is none of ours, as people may see it.</summary>
    public static string ShowName(string name) => MayHoldKey(name) ? "(hidden)" : Shorten(name);

    /// <returns>What is wrong; null when it was applied.</returns>
    private static string? Apply(SettingDefinition definition, string text, ref GatewaySettings settings, Dictionary<string, string> texts, List<string> notes)
    {
        if (text.Length == 0)
        {
            return definition.IsRequired ? $"{definition.Name} is missing: must be {definition.Allowed}." : null;
        }

        texts[definition.Name] = text;
        var applied = definition.Apply(settings, text);
        if (!applied.IsGood)
        {
            return Describe(definition, text, applied.Problem);
        }

        settings = applied.Value;
        if (applied.Note is { } note)
        {
            notes.Add($"{definition.Name}: {note}");
        }

        return null;
    }

    private static string Describe(SettingDefinition definition, string text, string problem)
    {
        var why = problem.Length == 0 ? "" : $" ({problem})";
        return $"{definition.Name} = {Show(definition, text)}: must be {definition.Allowed}{why}.";
    }

    private static string Shorten(string text) => text.Length <= ShownCharsMax ? text : $"{text[..ShownCharsMax]}…";

    /// <summary>A key in the wrong line must not end up on a console.</summary>
    private static bool MayHoldKey(string text) => text.Contains("AIza", StringComparison.Ordinal) || text.Contains("AQ.", StringComparison.Ordinal);

    /// <returns>Null when the setting is absent or empty, which is the same: <c>.env</c> templates come with empty lines.</returns>
    private static string? Find(IConfiguration configuration, string name)
    {
        var section = configuration.GetSection(name);
        var text = section.Value is { } value ? SettingText.Unquote(value) : section.GetChildren().Any() ? ToJson(section) : "";
        return text.Length == 0 ? null : text;
    }

    /// <summary>An array or object of <c>appsettings.json</c>, which the configuration has taken apart, in one piece again.</summary>
    private static string ToJson(IConfigurationSection section)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            Write(writer, section);
        }

        return System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, IConfigurationSection section)
    {
        var children = section.GetChildren().ToList();
        if (children.Count == 0)
        {
            writer.WriteStringValue(section.Value);
            return;
        }

        if (children.All(child => int.TryParse(child.Key, out _)))
        {
            writer.WriteStartArray();
            children.ForEach(child => Write(writer, child));
            writer.WriteEndArray();
            return;
        }

        writer.WriteStartObject();
        foreach (var child in children)
        {
            writer.WritePropertyName(child.Key);
            Write(writer, child);
        }

        writer.WriteEndObject();
    }
}
