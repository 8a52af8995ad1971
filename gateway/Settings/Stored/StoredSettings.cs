namespace GeminiBalance.Gateway.Settings;

/// <param name="Version">The version of the whole.</param>
/// <param name="Settings">Each setting once, in no order.</param>
internal sealed record StoredSettings(long Version, IReadOnlyList<StoredSetting> Settings);
