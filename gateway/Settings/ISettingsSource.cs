namespace GeminiBalance.Gateway.Settings;

/// <summary>The settings in force. Read once per request.</summary>
public interface ISettingsSource
{
    GatewaySettings Current { get; }

    /// <summary>Tells of a new snapshot, after it is in force.</summary>
    event Action<GatewaySettings>? Changed;
}
