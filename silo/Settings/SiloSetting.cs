using GeminiBalance.Gateway.Settings;

namespace GeminiBalance.Silo.Settings;

/// <summary>One line of <see cref="SiloSettingTable"/>: all there is to know about a setting.</summary>
/// <param name="Name">The flat name in the environment, in <c>.env</c> and in <c>appsettings.json</c>.</param>
/// <param name="Allowed">Completes "must be …".</param>
/// <param name="Default">The default as it would be written; empty for none.</param>
/// <param name="Meaning">What it does, for people.</param>
/// <param name="IsSecret">Whether its text is never shown.</param>
/// <param name="Apply">Reads a text into the draft.</param>
internal sealed record SiloSetting(
    string Name, string Allowed, string Default, string Meaning, bool IsSecret, Func<SiloSettingsDraft, string, Parsed<SiloSettingsDraft>> Apply);
