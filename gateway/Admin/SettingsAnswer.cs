namespace GeminiBalance.Gateway.Admin;

/// <summary>All settings in force.</summary>
internal sealed record SettingsAnswer(IReadOnlyList<SettingView> Settings);
