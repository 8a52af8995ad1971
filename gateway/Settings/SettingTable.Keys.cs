namespace GeminiBalance.Gateway.Settings;

internal static partial class SettingTable
{
    private static SettingDefinition[] ParticularKeys =>
    [
        Line("PAID_KEY", StructuredSettingKinds.Key, "", nameof(GatewaySettings.Keys), SettingTraits.Secret,
            (s, v) => s with { Keys = s.Keys with { Paid = v } },
            "A key with billing, which gets the tag `paid`: it serves all calls that draw or film, and those of models that the other keys have no quota for. Unless it is in `API_KEYS` too, it serves nothing else."),
        Line("VERTEX_API_KEYS", StructuredSettingKinds.Keys, "", nameof(GatewaySettings.Keys), SettingTraits.Secret,
            (s, v) => s with { Keys = s.Keys with { Vertex = v } },
            "Keys of Vertex AI in express mode. They come and go as `API_KEYS` do, and serve only the routes of Vertex."),
    ];
}
