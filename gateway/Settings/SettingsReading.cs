namespace GeminiBalance.Gateway.Settings;

/// <summary>What reading all settings gave.</summary>
/// <param name="Settings">The settings; only to be used when there is no error.</param>
/// <param name="Texts">The texts that were found, by setting. Secret ones included: for comparison, never for print.</param>
/// <param name="Errors">Every error, fit to be shown.</param>
/// <param name="Notes">What was tolerated, fit to be shown.</param>
internal sealed record SettingsReading(
    GatewaySettings Settings,
    IReadOnlyDictionary<string, string> Texts,
    IReadOnlyList<string> Errors,
    IReadOnlyList<string> Notes);
