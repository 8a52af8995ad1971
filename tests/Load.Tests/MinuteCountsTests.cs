using GeminiBalance.Load.Driving;
using GeminiBalance.Load.Measuring;

namespace GeminiBalance.Load.Tests;

public sealed class MinuteCountsTests
{
    [Fact]
    public void Of_FullMinutesOnly_ServedOnly()
    {
        Answer[] answers = [At(9.9), At(10), At(69.9), At(70), At(71, status: 429), At(131), At(135)];

        Assert.Equal([2, 1], MinuteCounts.Of(answers, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(140)));
    }

    [Fact]
    public void Of_LessThanAMinute_IsNone()
    {
        Assert.Empty(MinuteCounts.Of([At(1)], TimeSpan.Zero, TimeSpan.FromSeconds(59)));
    }

    private static Answer At(double seconds, int status = 200) =>
        new(TimeSpan.Zero, TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(seconds), status, RetryAfter: null);
}
