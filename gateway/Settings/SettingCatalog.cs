namespace GeminiBalance.Gateway.Settings;

/// <summary>The settings of one shape of the gateway.</summary>
/// <param name="Definitions">All that are read.</param>
/// <param name="Foreign">Names that are known and have no effect. Found, they are named in one note.</param>
/// <param name="Defaults">The settings when nothing is written.</param>
internal sealed record SettingCatalog(IReadOnlyList<SettingDefinition> Definitions, IReadOnlyList<string> Foreign, GatewaySettings Defaults)
{
    public static SettingCatalog Standalone { get; } = new(SettingTable.All, ForeignSettings.Names, new GatewaySettings());
}
