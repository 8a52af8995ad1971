using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace GeminiBalance.Gateway.Settings;

/// <summary>Reads all settings from the configuration, and finds all errors.</summary>
internal static class SettingsReader
{
    private const int ShownCharsMax = 120;

    public static SettingsReading Read(IConfiguration configuration, SettingCatalog catalog)
    {
        var settings = catalog.Defaults;
        var texts = new Dictionary<string, string>();
        var errors = new List<string>();
        var notes = new List<string>();
        foreach (var definition in catalog.Definitions)
        {
            if (Find(configuration, definition.Name) is not { } text)
            {
                if (definition.IsRequired)
                {
                    errors.Add($"{definition.Name} is missing: must be {definition.Allowed}.");
                }

                continue;
            }

            texts[definition.Name] = text;
            var applied = definition.Apply(settings, text);
            settings = applied.Value ?? settings;
            if (!applied.IsGood)
            {
                errors.Add(Describe(definition, text, applied.Problem));
            }

            if (applied.Note is { } note)
            {
                notes.Add($"{definition.Name}: {note}");
            }
        }

        var foreign = catalog.Foreign.Where(name => Find(configuration, name) is not null).ToList();
        if (foreign.Count > 0)
        {
            notes.Add($"Known from gemini-balance, without effect here so far: {string.Join(", ", foreign)}");
        }

        return new SettingsReading(settings, texts, errors, notes);
    }

    private static string Describe(SettingDefinition definition, string text, string problem)
    {
        var shown = definition.IsSecret || MayHoldKey(text) ? $"(hidden, {text.Length} characters)"
            : text.Length <= ShownCharsMax ? $"'{text}'"
            : $"'{text[..ShownCharsMax]}…'";
        var why = problem.Length == 0 ? "" : $" ({problem})";
        return $"{definition.Name} = {shown}: must be {definition.Allowed}{why}.";
    }

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
