using GeminiBalance.Benchmarks.Operations;

namespace GeminiBalance.Benchmarks;

/// <summary>Everything that is timed and has a budget.</summary>
internal static class HotOperations
{
    public static IReadOnlyList<HotOperation> All { get; } =
        [.. PoolOperations.All, .. RequestOperations.All, .. OutcomeOperations.All, .. AnswerOperations.All, .. LogOperations.All];
}
