namespace GeminiBalance.KeyPool;

/// <summary>All configured limits. A rule of the key beats a rule of the model, which beats the default; each of the three limits falls through by itself.</summary>
/// <param name="Default"><c>DEFAULT_RPM</c>, <c>DEFAULT_TPM</c>, <c>DEFAULT_RPD</c>.</param>
/// <param name="ByModel"><c>MODEL_RATE_LIMITS</c>: a model's name, or a prefix that ends in <c>*</c> (the longest match wins).</param>
/// <param name="ByKeyTail"><c>KEY_RATE_LIMITS</c>: the last eight characters of a key.</param>
public sealed record KeyLimitTable(
    KeyLimits Default,
    IReadOnlyDictionary<string, LimitRule> ByModel,
    IReadOnlyDictionary<string, LimitRule> ByKeyTail)
{
    /// <summary>Begins the names of queues for calls that the upstream counts against no model, such as those about files. They have no limits.</summary>
    public const string UncountedPrefix = "resources/";

    /// <summary>Stands between a model and a method that the upstream counts apart from the model's own quota. A model's name has none.</summary>
    public const char FreeMethodMark = ':';

    public static KeyLimitTable Unlimited { get; } = new(KeyLimits.Unlimited, new Dictionary<string, LimitRule>(), new Dictionary<string, LimitRule>());

    /// <summary>Whether calls of this name are counted against a model.</summary>
    public static bool IsCounted(string model) =>
        !model.StartsWith(UncountedPrefix, StringComparison.Ordinal) && !model.Contains(FreeMethodMark, StringComparison.Ordinal);

    public KeyLimits Resolve(ApiKey key, string model) => IsCounted(model) ? Combine(FindKeyRule(key), FindModelRule(model)) : KeyLimits.Unlimited;

    /// <summary>The limits that follow from the rules found for a key and a model.</summary>
    public KeyLimits Combine(LimitRule? ofKey, LimitRule? ofModel) => new(
        ofKey?.RequestsPerMinute ?? ofModel?.RequestsPerMinute ?? Default.RequestsPerMinute,
        ofKey?.TokensPerMinute ?? ofModel?.TokensPerMinute ?? Default.TokensPerMinute,
        ofKey?.RequestsPerDay ?? ofModel?.RequestsPerDay ?? Default.RequestsPerDay);

    public LimitRule? FindKeyRule(ApiKey key) => ByKeyTail.Count == 0 ? null : ByKeyTail.GetValueOrDefault(key.Tail.ToString());

    public LimitRule? FindModelRule(string model)
    {
        if (ByModel.Count == 0)
        {
            return null;
        }

        if (ByModel.TryGetValue(model, out var exact))
        {
            return exact;
        }

        LimitRule? best = null;
        var bestLength = -1;
        foreach (var (pattern, rule) in ByModel)
        {
            if (pattern.EndsWith('*') && pattern.Length > bestLength && model.StartsWith(pattern[..^1], StringComparison.Ordinal))
            {
                (best, bestLength) = (rule, pattern.Length);
            }
        }

        return best;
    }
}
