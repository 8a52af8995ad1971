using GeminiBalance.Gateway.Settings;

namespace GeminiBalance.Gateway.Tests.Hosts;

/// <summary>Settings that a test changes as it goes.</summary>
internal sealed class TestSettings(GatewaySettings settings) : ISettingsSource
{
    public event Action<GatewaySettings>? Changed;

    public GatewaySettings Current { get; private set; } = settings;

    public void Change(Func<GatewaySettings, GatewaySettings> change)
    {
        Current = change(Current);
        Changed?.Invoke(Current);
    }
}
