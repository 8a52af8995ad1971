namespace GeminiBalance.Gateway.Settings;

/// <summary>A setting of gemini-balance.</summary>
/// <param name="Name">Its name there.</param>
/// <param name="Default">Its default there, as it would be written; empty for none, and null where only its kind is known.</param>
/// <param name="Status">What has become of it.</param>
/// <param name="Note">What is different here and why, what takes its place, or why there is none. Empty when nothing is different.</param>
internal sealed record ForeignSetting(string Name, string? Default, ForeignStatus Status, string Note = "");
