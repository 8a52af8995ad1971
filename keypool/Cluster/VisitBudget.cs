namespace GeminiBalance.KeyPool;

/// <summary>
/// How many asks a gateway may send in vain to keys that others prefer. When all gateways are dry, each would else ask for every key of all others,
/// and the more gateways there are, the more. An ask that brings tokens costs nothing, so that what others leave unused is found.
/// </summary>
/// <param name="perGrant">What every token granted allows.</param>
/// <param name="perSecond">What time allows, for a gateway that has no keys of its own.</param>
/// <param name="most">What can be saved up.</param>
internal sealed class VisitBudget(double perGrant, double perSecond, double most)
{
    // Sums of fractions: without this and the tick below, the moment named as the next one could prove to be a hair too early for ever.
    private const double One = 1 - 1e-6;
    private readonly double savedMax = most;
    private double saved = most;
    private DateTimeOffset savedAt;

    public bool HasOne(DateTimeOffset now) => Available(now) >= One;

    /// <summary>When the next ask is allowed.</summary>
    public DateTimeOffset NextAt(DateTimeOffset now) => now + TimeSpan.FromSeconds(Math.Max(0, 1 - Available(now)) / perSecond) + TimeSpan.FromTicks(1);

    /// <summary>An ask to a key of others is sent.</summary>
    public void Spend(DateTimeOffset now) => Add(-1, now);

    /// <summary>It brought something after all.</summary>
    public void GiveBack(DateTimeOffset now) => Add(1, now);

    public void Granted(int tokens, DateTimeOffset now) => Add(tokens * perGrant, now);

    private void Add(double amount, DateTimeOffset now) => (saved, savedAt) = (Math.Min(savedMax, Available(now) + amount), now);

    private double Available(DateTimeOffset now) => Math.Min(savedMax, saved + (Math.Max(0, (now - savedAt).TotalSeconds) * perSecond));
}
