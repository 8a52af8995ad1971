namespace GeminiBalance.Gateway.Settings;

internal static partial class SettingTable
{
    private static SettingDefinition[] EgressLines =>
    [
        Line("PROXIES", ProxySettingKinds.List, "", nameof(GatewaySettings.Egress), SettingTraits.Secret,
            (s, v) => s with { Egress = s.Egress with { Proxies = v } },
            "Proxies by which every call leaves. One that fails is left out until it works again; while none works, calls are refused. Without any, calls go straight."),
        Line("PROXIES_USE_CONSISTENCY_HASH_BY_API_KEY", SettingKinds.Switch, "true", nameof(GatewaySettings.Egress), SettingTraits.None,
            (s, v) => s with { Egress = s.Egress with { KeepsProxyPerKey = v } },
            "Whether the calls of one key always leave by the same proxy; else by all in turn."),
    ];
}
