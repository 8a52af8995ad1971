using GeminiBalance.Load.Measuring;

namespace GeminiBalance.Load.Tests;

public sealed class DayCountsTests
{
    [Fact]
    public void Compare_Same_NothingDiffers()
    {
        var counts = DayCounts.Compare(new Dictionary<string, long> { ["a"] = 3, ["b"] = 0 }, new Dictionary<string, long> { ["a"] = 3 });

        Assert.Equal(new DayCounts(Pool: 3, Upstream: 3, Different: 0, Example: ""), counts);
    }

    [Fact]
    public void Compare_EqualSumsOfDifferentKeys_AreNotTheSame()
    {
        var counts = DayCounts.Compare(new Dictionary<string, long> { ["a"] = 3, ["b"] = 1 }, new Dictionary<string, long> { ["a"] = 2, ["c"] = 2 });

        Assert.Equal(new DayCounts(Pool: 4, Upstream: 4, Different: 3, Example: "a: pool 3, upstream 2"), counts);
    }
}
