using GeminiBalance.Gateway.Settings;
using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.Models;
using GeminiBalance.Protocol.OpenAIToGemini;

namespace GeminiBalance.Gateway.Models;

/// <summary>What the settings and the model's name add to a call. The same on every face.</summary>
internal static class ChatDefaults
{
    private static readonly IReadOnlyList<GeminiSafetySetting> Usual = Safety(SafetySetting.Usual);

    /// <summary>For calls that are translated; the caller adds media and signatures.</summary>
    public static ChatTranslationOptions Translation(ModelRequest model, GatewaySettings settings) => new()
    {
        Model = model.Model,
        Features = model.Features,
        SafetySettings = settings.SafetySettings is { } written ? Safety(written) : Usual,
        IncludeThoughts = settings.ShowThinkingProcess,
        ThinkingBudget = Budget(model, settings),
        OffersCodeExecution = settings.Models.OffersCodeExecution,
        OffersUrlContext = OffersUrls(model, settings),
        ShowsSources = model.Features.Search && settings.Models.ShowsSearchLinks,
    };

    /// <summary>For calls in Gemini's own terms.</summary>
    public static NativeDefaults Native(ModelRequest model, GatewaySettings settings) => new()
    {
        Model = model,
        SafetySettings = Safety(settings.SafetySettings ?? []),
        IncludeThoughts = settings.ShowThinkingProcess,
        ThinkingBudget = Budget(model, settings),
        OffersCodeExecution = settings.Models.OffersCodeExecution,
        OffersUrlContext = OffersUrls(model, settings),
    };

    private static IReadOnlyList<GeminiSafetySetting> Safety(IReadOnlyList<SafetySetting> settings) => settings.Count == 0 ? []
        : [.. settings.Select(setting => new GeminiSafetySetting(setting.Category, setting.Threshold))];

    private static int? Budget(ModelRequest model, GatewaySettings settings) => settings.Models.ThinkingBudgets.TryGetValue(model.Model, out var tokens) ? tokens : null;

    private static bool OffersUrls(ModelRequest model, GatewaySettings settings) =>
        settings.Models.OffersUrlContext && settings.Models.UrlContextModels.Contains(model.Model);
}
