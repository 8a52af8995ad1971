using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Admin;

/// <summary>One key's live state. No secret.</summary>
internal sealed record KeyView(
    string Id,
    string Masked,
    string State,
    string? Reason,
    DateTimeOffset? Since,
    int Failures,
    double Weight,
    double EffectiveWeight,
    string Note,
    string Kind,
    IReadOnlyList<string> Tags,
    bool Reserved,
    string Project,
    DateTimeOffset AddedAt,
    long Succeeded,
    long Failed,
    IReadOnlyList<ModelView> Models)
{
    public static KeyView Of(KeyStatus key) => new(
        key.Id.Value,
        key.Masked,
        KeyStates.Name(key.State),
        key.Reason,
        key.Since,
        key.Failures,
        key.Profile.Weight,
        key.EffectiveWeight,
        key.Profile.Note,
        KeyStates.Name(key.Profile.Kind),
        key.Profile.Tags,
        key.Profile.IsReserved,
        key.Profile.Project,
        key.Profile.AddedAt,
        key.Succeeded,
        key.Failed,
        [.. key.Models.Select(ModelView.Of)]);
}
