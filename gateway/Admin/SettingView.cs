namespace GeminiBalance.Gateway.Admin;

/// <param name="Name">The setting.</param>
/// <param name="Group">The heading it stands under.</param>
/// <param name="Type">Its kind.</param>
/// <param name="Value">What was written; the default when nothing was, and null when it is secret.</param>
/// <param name="IsSet">Whether it was written.</param>
/// <param name="IsSecret">Whether its value is never shown.</param>
/// <param name="NeedsRestart">Whether a change takes effect at the next start only.</param>
/// <param name="Allowed">What it must be.</param>
/// <param name="Meaning">What it does.</param>
internal sealed record SettingView(
    string Name, string Group, string Type, string? Value, bool IsSet, bool IsSecret, bool NeedsRestart, string Allowed, string Meaning);
