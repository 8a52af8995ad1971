using GeminiBalance.Load.Measuring;

namespace GeminiBalance.Load.Tests;

public sealed class QuotaIdealTests
{
    private static readonly TimeSpan TenSeconds = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData(180, 1500)] // three windows of 500
    [InlineData(60, 500)]
    [InlineData(75, 650)] // 500, then 10 a second for 15 s
    [InlineData(30, 300)] // demand is the bound
    public void Served_DemandOf120Percent_IsEveryWindowInFull(int seconds, int expected)
    {
        Assert.Equal(expected, QuotaIdeal.Served(tokens: 500, requestsPerSecond: 10, TimeSpan.FromSeconds(seconds), TenSeconds));
    }

    [Fact]
    public void Served_NoWaiting_LosesWhatCameBetween()
    {
        Assert.Equal(500, QuotaIdeal.Served(tokens: 500, requestsPerSecond: 10, TimeSpan.FromSeconds(60), TimeSpan.Zero));
        Assert.Equal(2, QuotaIdeal.Served(tokens: 1, requestsPerSecond: 1, TimeSpan.FromSeconds(61), TimeSpan.Zero));
    }

    [Fact]
    public void Served_DemandBelowCapacity_IsAllOfIt()
    {
        Assert.Equal(1200, QuotaIdeal.Served(tokens: 500, requestsPerSecond: 400 / 60.0, TimeSpan.FromSeconds(180), TenSeconds));
    }
}
