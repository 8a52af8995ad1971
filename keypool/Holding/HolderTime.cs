namespace GeminiBalance.KeyPool;

/// <summary>A reading of <see cref="HolderClock"/>.</summary>
/// <param name="Now">The wall clock's time.</param>
/// <param name="Shift">How far the wall clock was set since the process began. Times of different shifts cannot be compared.</param>
public readonly record struct HolderTime(DateTimeOffset Now, TimeSpan Shift);
