namespace GeminiBalance.Gateway.Settings;

/// <content>The Anthropic face.</content>
internal static partial class SettingTable
{
    private static IEnumerable<SettingDefinition> Anthropic => Group(
        "Anthropic clients",
        Line(
            "ANTHROPIC_MODEL_MAP",
            StructuredSettingKinds.ModelMap,
            """{"haiku": "gemini-flash-lite-latest", "sonnet": "gemini-flash-latest", "opus": "gemini-pro-latest", "claude": "gemini-flash-latest"}""",
            nameof(GatewaySettings.Anthropic),
            SettingTraits.None,
            (s, v) => s with { Anthropic = s.Anthropic with { ModelMap = v } },
            "Which model serves a name that Anthropic's clients ask for. The very name wins, then the first word of the list that the name contains; names with none of them go upstream as they are."));
}
