namespace GeminiBalance.Protocol.Tests.Responses;

/// <summary>A test on recorded traffic, skipped where the recordings are not.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FixtureFactAttribute : FactAttribute
{
    public FixtureFactAttribute() =>
        Skip = RecordedExchanges.Folder is null ? "Recorded traffic not found: set GEMINIBALANCE_FIXTURES or put it in ../shared/fixtures." : null;
}
