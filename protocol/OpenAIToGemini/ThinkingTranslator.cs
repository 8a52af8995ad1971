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

        var reasoning = request.Reasoning;
        var effort = reasoning?.Effort;
        if (effort is null && reasoning?.BudgetTokens is null && maxOutputTokens < RequestLimits.TinyAnswerTokens)
        {
            effort = "none";
        }

        var asked = effort is not null || reasoning?.BudgetTokens is not null;
        var budget = asked && model.Thinking is ThinkingControl.Budget ? Budget(effort, reasoning?.BudgetTokens, model) : null;
        var level = asked && model.Thinking is ThinkingControl.Level ? Level(effort, reasoning?.BudgetTokens, model) : null;

        // Asking for thoughts of a model that is told not to think is refused.
        var includeThoughts = context.Options.IncludeThoughts && reasoning?.HideThoughts is not true && budget is not 0;
        return budget is null && level is null && !includeThoughts
            ? null
            : new ThinkingConfig { IncludeThoughts = includeThoughts ? true : null, ThinkingBudget = budget, ThinkingLevel = level };
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
