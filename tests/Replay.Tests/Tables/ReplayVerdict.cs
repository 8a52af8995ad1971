using Xunit.Abstractions;

namespace GeminiBalance.Replay.Tests.Tables;

/// <summary>Decides on a row, and writes it down for whoever looks at one test.</summary>
internal static class ReplayVerdict
{
    private const int FaultsShownMax = 25;

    /// <param name="row">What became of the recordings.</param>
    /// <param name="passedMin">How many pass today: fewer means that some have silently dropped out.</param>
    /// <param name="output">Of the test.</param>
    public static void Check(ReplayRow row, int passedMin, ITestOutputHelper output)
    {
        output.WriteLine($"{row.Face}, {row.Project}: {row.Found} found, {row.Tried} tried, {row.Passed} passed.");
        foreach (var (reason, count) in row.LeftOut)
        {
            output.WriteLine($"  {count} left out: {reason}");
        }

        Assert.True(row.Faults.Count == 0, $"{row.Faults.Count} of {row.Tried} failed:\n{string.Join('\n', row.Faults.Take(FaultsShownMax))}");
        Assert.True(row.Passed >= passedMin, $"Only {row.Passed} were replayed, {passedMin} before: what dropped out, and why?");
    }
}
