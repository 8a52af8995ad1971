using GeminiBalance.TestKit;

namespace GeminiBalance.Replay.Tests.Hosts;

/// <summary>A test for each folder of recordings, skipped where they are not.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RecordedTheoryAttribute : TheoryAttribute
{
    public RecordedTheoryAttribute() => Skip = RecordedTraffic.Missing;
}
