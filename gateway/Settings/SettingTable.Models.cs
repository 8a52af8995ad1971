namespace GeminiBalance.Gateway.Settings;

internal static partial class SettingTable
{
    private static IEnumerable<SettingDefinition> ModelLines => Group(
        "Names and tools of models",
        Line("SEARCH_MODELS", SettingKinds.Models, "gemini-2.5-flash,gemini-2.5-pro", nameof(GatewaySettings.Models), SettingTraits.None,
            (s, v) => s with { Models = s.Models with { SearchModels = v } },
            "Models that are also listed and served as `…-search`, with answers grounded by Google's search."),
        Line("IMAGE_MODELS", SettingKinds.Models, "gemini-2.0-flash-exp,gemini-2.5-flash-image-preview", nameof(GatewaySettings.Models), SettingTraits.None,
            (s, v) => s with { Models = s.Models with { ImageModels = v } },
            "Models that are also listed and served as `…-image`, with text and pictures for an answer. A model whose own name ends so is never cut."),
        Line("THINKING_MODELS", SettingKinds.Models, "[]", nameof(GatewaySettings.Models), SettingTraits.None,
            (s, v) => s with { Models = s.Models with { ThinkingModels = v } },
            "Models that are also listed as `…-non-thinking`. Served is it for every model, as are `…-thinking`, `…-thinking-8192` (tokens) and `…-thinking-low` (`minimal`, `medium`, `high`)."),
        Line("THINKING_BUDGET_MAP", ModelSettingKinds.Budgets, "{}", nameof(GatewaySettings.Models), SettingTraits.None,
            (s, v) => s with { Models = s.Models with { ThinkingBudgets = v } },
            "Tokens to think by model, for calls that say nothing about it; -1 lets the model decide. Models that take levels get the nearest one."),
        Line("MODEL_ALIASES", ModelSettingKinds.Aliases, "{}", nameof(GatewaySettings.Models), SettingTraits.None,
            (s, v) => s with { Models = s.Models with { Aliases = v } },
            "Further names of models, listed beside their own. The model may have suffixes, and so may the alias in a call."),
        Line("MODEL_MAP", ModelSettingKinds.Map, "{}", nameof(GatewaySettings.Models), SettingTraits.None,
            (s, v) => s with { Models = s.Models with { Map = v } },
            "Models served in place of others that clients insist on. Not listed. The model may have suffixes, so a model can also be mapped to itself with one."),
        Line("SHOW_SEARCH_LINK", SettingKinds.Switch, "true", nameof(GatewaySettings.Models), SettingTraits.None,
            (s, v) => s with { Models = s.Models with { ShowsSearchLinks = v } },
            "Whether answers of `…-search` end with a list of links to their sources (OpenAI clients)."),
        Line("TOOLS_CODE_EXECUTION_ENABLED", SettingKinds.Switch, "false", nameof(GatewaySettings.Models), SettingTraits.None,
            (s, v) => s with { Models = s.Models with { OffersCodeExecution = v } },
            "Whether models may run code for calls without functions, search, media and JSON answers."),
        Line("URL_CONTEXT_ENABLED", SettingKinds.Switch, "false", nameof(GatewaySettings.Models), SettingTraits.None,
            (s, v) => s with { Models = s.Models with { OffersUrlContext = v } },
            "Whether models may read the pages whose addresses stand in a call without functions and JSON answers."),
        Line("URL_CONTEXT_MODELS", SettingKinds.Models, "gemini-2.5-pro,gemini-2.5-flash,gemini-2.5-flash-lite,gemini-2.0-flash,gemini-2.0-flash-live-001",
            nameof(GatewaySettings.Models), SettingTraits.None, (s, v) => s with { Models = s.Models with { UrlContextModels = v } },
            "The models for which `URL_CONTEXT_ENABLED` holds."));
}
