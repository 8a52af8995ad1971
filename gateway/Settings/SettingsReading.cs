namespace GeminiBalance.Gateway.Settings;

/// <summary>What reading all settings gave.</summary>
/// <param name="Settings">The settings; only to be used when there is no error.</param>
/// <param name="Environment">What the environment and the files say.</param>
/// <param name="Texts">The texts in force, by setting. Secret ones included: for comparison, never for print.</param>
/// <param name="Stored">The settings whose stored value is in force, over what the environment says.</param>
/// <param name="Errors">Every error, fit to be shown.</param>
/// <param name="Notes">What was tolerated, fit to be shown.</param>
internal sealed record SettingsReading(
    GatewaySettings Settings,
    SettingTexts Environment,
    IReadOnlyDictionary<string, string> Texts,
    IReadOnlySet<string> Stored,
    IReadOnlyList<string> Errors,
    IReadOnlyList<string> Notes);
