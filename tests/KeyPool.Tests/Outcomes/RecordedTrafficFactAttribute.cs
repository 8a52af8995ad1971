using GeminiBalance.TestKit;

namespace GeminiBalance.KeyPool.Tests.Outcomes;

/// <summary>A test that reads recordings; skipped where there are none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RecordedTrafficFactAttribute : FactAttribute
{
    public RecordedTrafficFactAttribute() => Skip = RecordedTraffic.Missing;
}
