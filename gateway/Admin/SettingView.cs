namespace GeminiBalance.Gateway.Admin;

/// <param name="Name">The setting.</param>
/// <param name="Group">The heading it stands under.</param>
/// <param name="Type">Its kind.</param>
/// <param name="Value">The text in force; the default when none was written, and null when it is secret.</param>
/// <param name="IsSet">Whether one was written.</param>
/// <param name="Source">Where it comes from: <c>stored</c>, <c>environment</c> (or a file), or <c>default</c>.</param>
/// <param name="IsSecret">Whether its value is never shown.</param>
/// <param name="IsStorable">Whether it can be changed here.</param>
/// <param name="NeedsRestart">Whether a change takes effect at the next start only.</param>
/// <param name="Allowed">What it must be.</param>
/// <param name="Meaning">What it does.</param>
internal sealed record SettingView(
    string Name,
    string Group,
    string Type,
    string? Value,
    bool IsSet,
    string Source,
    bool IsSecret,
    bool IsStorable,
    bool NeedsRestart,
    string Allowed,
    string Meaning);
