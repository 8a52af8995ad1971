namespace GeminiBalance.Gateway.Settings;

/// <summary>A setting at rest.</summary>
/// <param name="Name">The setting.</param>
/// <param name="Value">Its text in UTF-8; encrypted when it is a secret.</param>
/// <param name="IsEncrypted">Whether it is.</param>
internal sealed record StoredSetting(string Name, byte[] Value, bool IsEncrypted);
