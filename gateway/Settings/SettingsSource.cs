namespace GeminiBalance.Gateway.Settings;

/// <summary>The settings in force: checked as a whole, swapped as a whole, or left as they were.</summary>
internal sealed class SettingsSource(IConfiguration configuration, SettingCatalog catalog, SettingsReading initial) : ISettingsSource
{
    private readonly Lock gate = new();
    private volatile SettingsReading reading = initial;

    public event Action<GatewaySettings>? Changed;

    public GatewaySettings Current => reading.Settings;

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
            candidate = SettingsReader.Read(configuration, catalog);
            if (candidate.Errors.Count > 0)
            {
                return candidate;
            }

            reading = candidate;
        }

        Changed?.Invoke(candidate.Settings);
        return candidate;
    }
}
