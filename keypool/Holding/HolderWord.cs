namespace GeminiBalance.KeyPool;

/// <summary>What a process that holds ledgers says about the store to another. Clocks differ, so times are spans back from now.</summary>
/// <param name="IsFailing">Whether its last question got no answer.</param>
/// <param name="FailedAgo">When that was noticed.</param>
/// <param name="ContactAgo">When the store last answered it anything.</param>
public readonly record struct HolderWord(bool IsFailing, TimeSpan FailedAgo, TimeSpan ContactAgo);
