namespace GeminiBalance.Gateway.Settings;

internal static partial class SettingTable
{
    private static IEnumerable<SettingDefinition> PathLines => Group(
        "Paths",
        Line("URL_NORMALIZATION_ENABLED", SettingKinds.Switch, "false", nameof(GatewaySettings.Paths), SettingTraits.None,
            (s, v) => s with { Paths = s.Paths with { IsForgiving = v } },
            "Whether a path that no route serves, because its beginning is doubled, missing or another API's (`/v1/v1beta/…`, `/chat/completions`), is served as the one it means. With `false` it gets 404 with that path in the text."));
}
