namespace GeminiBalance.KeyPool;

/// <summary>Which ledger an outcome is told to where a key's project has one of its own: quotas are the project's, what is wrong with a key is the key's. Pure.</summary>
internal static class ProjectOutcomes
{
    /// <summary>For the project: a call of a key that is rejected has still been counted.</summary>
    public static CallOutcome ForProject(in CallOutcome outcome) => TellsOfKey(outcome) && outcome.Kind != CallOutcomeKind.Succeeded
        ? outcome with { Kind = CallOutcomeKind.RequestRejected, IsConclusive = false }
        : outcome;

    /// <summary>For the key.</summary>
    public static CallOutcome ForKey(in CallOutcome outcome) => (TellsOfKey(outcome) || outcome.Kind == CallOutcomeKind.NotSent
        ? outcome
        : outcome with { Kind = CallOutcomeKind.RequestRejected }) with { LearnedLimits = null };

    /// <summary>Whether it says something about the key itself.</summary>
    public static bool TellsOfKey(in CallOutcome outcome) =>
        outcome.Kind is CallOutcomeKind.Succeeded or CallOutcomeKind.KeyRejected or CallOutcomeKind.KeySuspended;
}
