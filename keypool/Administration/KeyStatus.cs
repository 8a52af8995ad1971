namespace GeminiBalance.KeyPool;

/// <summary>One key's live state, for people. Carries no secret.</summary>
/// <param name="Id">The key's public name.</param>
/// <param name="Masked">The key's first and last characters.</param>
/// <param name="State">Whether it is in use.</param>
/// <param name="Reason">Why it is not, such as <c>403 CONSUMER_SUSPENDED</c>; null when active.</param>
/// <param name="Since">Since when it is in this state; null when active.</param>
/// <param name="Failures">Consecutive failures that were the key's fault.</param>
/// <param name="EffectiveWeight">The weight in force after successes and failures.</param>
/// <param name="Profile">What people decided about it.</param>
/// <param name="Succeeded">Calls that succeeded, over its whole life.</param>
/// <param name="Failed">Calls that failed by the key's fault, over its whole life.</param>
/// <param name="Models">State per model in use.</param>
public sealed record KeyStatus(
    KeyId Id,
    string Masked,
    KeyState State,
    string? Reason,
    DateTimeOffset? Since,
    int Failures,
    double EffectiveWeight,
    KeyProfile Profile,
    long Succeeded,
    long Failed,
    IReadOnlyList<ModelStatus> Models)
{
    /// <summary>The same key as one of a project: its quotas are those of the project.</summary>
    public KeyStatus InProject(KeyStatus project) => this with { State = State == KeyState.Active ? project.State : State, Models = project.Models };
}
