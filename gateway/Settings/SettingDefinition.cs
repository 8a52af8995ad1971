namespace GeminiBalance.Gateway.Settings;

/// <summary>One line of <see cref="SettingTable"/>: all there is to know about a setting.</summary>
/// <param name="Group">The heading under which the reference page lists it.</param>
/// <param name="Name">The flat name in the environment, in <c>.env</c> and in <c>appsettings.json</c>.</param>
/// <param name="Type">Its kind, in a word or two.</param>
/// <param name="Allowed">Completes "must be …".</param>
/// <param name="Default">The default as it would be written; empty for none.</param>
/// <param name="Property">The property of <see cref="GatewaySettings"/> it sets.</param>
/// <param name="Traits">What else matters about it.</param>
/// <param name="Meaning">What it does, for people.</param>
/// <param name="Apply">Reads a text into the settings.</param>
internal sealed record SettingDefinition(
    string Group,
    string Name,
    string Type,
    string Allowed,
    string Default,
    string Property,
    SettingTraits Traits,
    string Meaning,
    Func<GatewaySettings, string, Parsed<GatewaySettings>> Apply)
{
    public bool IsSecret => Traits.HasFlag(SettingTraits.Secret);

    public bool NeedsRestart => Traits.HasFlag(SettingTraits.Restart);

    public bool IsStorable => !Traits.HasFlag(SettingTraits.Fixed);

    public bool IsRequired => Traits.HasFlag(SettingTraits.Required);
}
