using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Protocol.OpenAIToGemini;

/// <summary>Effort or budget to the dialect of the model's generation.</summary>
internal static class ThinkingTranslator
{
    private const int DynamicBudget = -1;
    private const int LowBudget = 1_024;
    private const int MediumBudget = 8_192;
    private const int HighBudget = 24_576;
    private const int ProBudgetMin = 128;
    private const int ProBudgetMax = 32_768;
    private const int LiteBudgetMin = 512;

    public static ThinkingConfig? Translate(ChatCompletionRequest request, int? maxOutputTokens, TranslationContext context)
    {
        var model = context.Model;
        if (model.Thinking is ThinkingControl.None)
        {
            return null;
        }

        var (budget, level) = Say(context.Options.Features.Thinking, Asked(request, maxOutputTokens, context.Options), model);

        // Asking for thoughts of a model that is told not to think is refused.
        var includeThoughts = context.Options.IncludeThoughts && request.Reasoning?.HideThoughts is not true && budget is not 0;
        return budget is null && level is null && !includeThoughts
            ? null
            : new ThinkingConfig { IncludeThoughts = includeThoughts ? true : null, ThinkingBudget = budget, ThinkingLevel = level };
    }

    /// <summary>How much to think, in the words of the model's generation.</summary>
    /// <param name="named">What the model's name says. It was chosen for this, whereas a request's members may be a client's standing defaults.</param>
    /// <param name="otherwise">What holds when the name says nothing.</param>
    /// <param name="model">The model.</param>
    public static (int? Budget, string? Level) Say(ReasoningOptions? named, ReasoningOptions? otherwise, ModelTraits model)
    {
        // A small model thinks as little as it can unless told to, so leaving it to the model would not be thinking.
        var wish = named is { BudgetTokens: < 0 } && model is { IsLite: true, Thinking: ThinkingControl.Level } ? named with { Effort = "medium" } : named ?? otherwise;
        return wish is null ? (null, null) : model.Thinking switch
        {
            ThinkingControl.Budget => (Budget(wish.Effort, wish.BudgetTokens, model), null),
            ThinkingControl.Level => (null, Level(wish.Effort, wish.BudgetTokens, model)),
            _ => (null, null),
        };
    }

    private static ReasoningOptions? Asked(ChatCompletionRequest request, int? maxOutputTokens, ChatTranslationOptions options)
    {
        if (request.Reasoning is { } own && (own.Effort is not null || own.BudgetTokens is not null))
        {
            return own;
        }

        return maxOutputTokens < RequestLimits.TinyAnswerTokens ? new ReasoningOptions("none", null, HideThoughts: false)
            : options.ThinkingBudget is { } budget ? new ReasoningOptions(null, budget, HideThoughts: false)
            : null;
    }

    private static int? Budget(string? effort, int? tokens, ModelTraits model)
    {
        var max = model.IsPro ? ProBudgetMax : HighBudget;
        return effort switch
        {
            null => Clamp(tokens!.Value, max, model),
            "none" => model.IsPro ? ProBudgetMin : 0,
            "minimal" => model.IsLite ? LiteBudgetMin : LowBudget,
            "low" => LowBudget,
            "medium" => MediumBudget,
            "high" => HighBudget,
            _ => max,
        };
    }

    private static int Clamp(int tokens, int max, ModelTraits model)
    {
        if (tokens < 0)
        {
            return DynamicBudget;
        }

        if (model.IsPro)
        {
            return Math.Clamp(tokens, ProBudgetMin, max);
        }

        return model.IsLite && tokens > 0 ? Math.Clamp(tokens, LiteBudgetMin, max) : Math.Min(tokens, max);
    }

    private static string? Level(string? effort, int? tokens, ModelTraits model)
    {
        effort ??= tokens switch
        {
            < 0 => null,
            0 => "none",
            <= LowBudget => "low",
            <= MediumBudget => "medium",
            _ => "high",
        };
        return effort switch
        {
            null => null,
            "none" or "minimal" => model.TakesMinimalLevel ? "MINIMAL" : "LOW",
            "low" => "LOW",
            "medium" => "MEDIUM",
            _ => "HIGH",
        };
    }
}
