namespace GeminiBalance.Gateway.Settings;

/// <summary>What was written into the environment and the files.</summary>
/// <param name="Values">The texts by setting. Secret ones included: never for print.</param>
/// <param name="Foreign">Names found that have no effect.</param>
/// <param name="Mistyped">Names found that are none, and the settings they look like.</param>
internal sealed record SettingTexts(IReadOnlyDictionary<string, string> Values, IReadOnlyList<string> Foreign, IReadOnlyList<(string Name, string Meant)> Mistyped);
