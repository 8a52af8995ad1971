using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Admin;

/// <summary>One key's live state for one model. Limits of 0 are unlimited.</summary>
internal sealed record ModelView(
    string Model,
    long Rpm,
    long Tpm,
    long Rpd,
    bool IsLearned,
    long SpentThisMinute,
    long TokensThisMinute,
    long SpentToday,
    DateTimeOffset? BlockedUntil,
    bool IsAvailable)
{
    public static ModelView Of(ModelStatus model) => new(
        model.Model,
        model.Limits.RequestsPerMinute,
        model.Limits.TokensPerMinute,
        model.Limits.RequestsPerDay,
        model.IsLearned,
        model.SpentThisMinute,
        model.TokensThisMinute,
        model.SpentToday,
        model.BlockedUntil,
        model.IsAvailable);
}
