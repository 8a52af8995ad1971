using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Endpoints;

/// <summary>Under which name the pool counts a call, for every face. Pure.</summary>
internal static class ModelQuota
{
    /// <param name="model">The model as quotas know it.</param>
    /// <param name="method">The upstream's method, such as <c>generateContent</c>.</param>
    /// <returns>The model itself, or a name beside it: counting tokens is free of the model's own quota, and limited by what the upstream's 429 teaches alone.</returns>
    public static string Of(string model, string? method) => method == "countTokens" ? model + KeyLimitTable.FreeMethodMark + method : model;
}
