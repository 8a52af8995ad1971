using System.Collections.Immutable;

namespace GeminiBalance.Gateway.Settings;

/// <summary>The settings in force: checked as a whole, swapped as a whole, or left as they were.</summary>
internal sealed class SettingsSource(IConfiguration configuration, SettingCatalog catalog, SettingsReading initial) : ISettingsSource
{
    private readonly Lock gate = new();
    private readonly Lock telling = new();
    private volatile SettingsReading reading = initial;
    private IReadOnlyDictionary<string, string> stored = ImmutableDictionary<string, string>.Empty;

    public event Action<GatewaySettings>? Changed;

    public GatewaySettings Current => reading.Settings;

    public SettingCatalog Catalog => catalog;

    /// <summary>All settings there are.</summary>
    public IReadOnlyList<SettingDefinition> Definitions => catalog.Definitions;

    /// <summary>With the texts the settings were read from.</summary>
    public SettingsReading Reading => reading;

    /// <summary>Reads the configuration again, the <c>.env</c> file included.</summary>
    /// <returns>What was read. With errors, the settings in force stay.</returns>
    public SettingsReading Reload()
    {
        SettingsReading candidate;
        lock (gate)
        {
            (configuration as IConfigurationRoot)?.Reload();
            candidate = SettingsReader.Read(SettingsReader.Collect(configuration, catalog), stored, catalog);
            if (candidate.Errors.Count > 0)
            {
                return candidate;
            }

            reading = candidate;
        }

        Tell();
        return candidate;
    }

    /// <summary>What <see cref="Override"/> would bring into force.</summary>
    public SettingsReading Preview(IReadOnlyDictionary<string, string> texts) => SettingsReader.Read(reading.Environment, texts, catalog);

    /// <summary>Brings stored texts into force over the environment as it was last read. An empty text is no value.</summary>
    public SettingsReading Override(IReadOnlyDictionary<string, string> texts)
    {
        SettingsReading candidate;
        lock (gate)
        {
            stored = texts;
            candidate = reading = Preview(texts);
        }

        Tell();
        return candidate;
    }

    /// <summary>One at a time, and always of the newest: of two changes at once nobody keeps the older.</summary>
    private void Tell()
    {
        lock (telling)
        {
            Changed?.Invoke(Current);
        }
    }
}
