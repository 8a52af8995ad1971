namespace GeminiBalance.Grains.Tests.Clusters;

/// <summary>The real clock, off by a fixed time.</summary>
internal sealed class SkewedClock(TimeSpan skew) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + skew;
}
