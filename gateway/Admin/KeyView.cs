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
    IReadOnlyList<string> SuspectedSharedProject,
    DateTimeOffset AddedAt,
    long Succeeded,
    long Failed,
    IReadOnlyList<ModelView> Models)
{
    /// <param name="key">The key.</param>
    /// <param name="suspected">Other keys that may belong to its project.</param>
    public static KeyView Of(KeyStatus key, IReadOnlyList<KeyId> suspected) => new(
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
        [.. suspected.Select(other => other.Value)],
        key.Profile.AddedAt,
        key.Succeeded,
        key.Failed,
        [.. key.Models.Select(ModelView.Of)]);
}
