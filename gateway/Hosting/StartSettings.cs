using GeminiBalance.Gateway.Settings;

namespace GeminiBalance.Gateway.Hosting;

/// <summary>The settings with what is stored over them, for what is made of settings once: the first that asks for it has them loaded.</summary>
internal sealed class StartSettings
{
    private readonly ISettingsSource settings;

    public StartSettings(SettingOverrides overrides, ISettingsSource settings)
    {
        this.settings = settings;

        // SQLite answers on the thread that asks.
        overrides.LoadAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult();
    }

    public GatewaySettings Current => settings.Current;
}
