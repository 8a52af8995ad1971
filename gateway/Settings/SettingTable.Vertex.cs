namespace GeminiBalance.Gateway.Settings;

internal static partial class SettingTable
{
    private static IEnumerable<SettingDefinition> VertexLines => Group(
        "Vertex AI in express mode",
        Line("VERTEX_EXPRESS_BASE_URL", SettingKinds.HttpAddress, "https://aiplatform.googleapis.com/v1beta1/publishers/google", nameof(GatewaySettings.Vertex), SettingTraits.None,
            (s, v) => s with { Vertex = s.Vertex with { BaseUrl = v } },
            "The upstream of `/vertex-express/v1beta`, for the keys of `VERTEX_API_KEYS`: the address up to the publisher."));
}
