using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Cluster.Keys;

/// <summary>The state of every key at one moment.</summary>
/// <param name="States">By key; those that are missing were added later.</param>
/// <param name="Counts">How many keys are in each state.</param>
/// <param name="ReadAt">A timestamp of the clock.</param>
/// <param name="Changes">How often a key had been changed here before.</param>
internal sealed record KeyStateSummary(IReadOnlyDictionary<KeyId, KeyState> States, IReadOnlyDictionary<KeyState, int> Counts, long ReadAt, int Changes);
