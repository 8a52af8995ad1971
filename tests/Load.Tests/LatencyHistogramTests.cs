using GeminiBalance.Load.Measuring;

namespace GeminiBalance.Load.Tests;

public sealed class LatencyHistogramTests
{
    [Fact]
    public void Percentile_NothingRecorded_IsZero()
    {
        Assert.Equal(TimeSpan.Zero, new LatencyHistogram().Percentile(99));
    }

    [Fact]
    public void Percentile_OneValue_IsThatValue()
    {
        var histogram = new LatencyHistogram();
        histogram.Record(TimeSpan.FromMicroseconds(123.4));

        Assert.Equal(TimeSpan.FromMicroseconds(123.4), histogram.Percentile(50));
        Assert.Equal(TimeSpan.FromMicroseconds(123.4), histogram.Percentile(100));
        Assert.Equal(TimeSpan.FromMicroseconds(123.4), histogram.Max);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Percentile_ManyMagnitudes_IsWithinOnePercentOfTheSortedValue(int seed)
    {
        var random = new Random(seed);
        var values = Enumerable.Range(0, 20_000).Select(_ => TimeSpan.FromTicks((long)Math.Pow(10, random.NextDouble() * 10))).ToArray();
        var histogram = new LatencyHistogram();
        foreach (var value in values)
        {
            histogram.Record(value);
        }

        Array.Sort(values);
        foreach (var percent in new[] { 0.1, 1, 25, 50, 90, 99, 99.9, 100 })
        {
            var exact = values[Math.Max(0, (int)Math.Ceiling(values.Length * percent / 100) - 1)];
            var told = histogram.Percentile(percent);
            Assert.True(told >= exact && told.Ticks <= Math.Ceiling(exact.Ticks * 1.01) + 1, $"seed {seed}, p{percent}: {told} for {exact}");
        }
    }

    [Fact]
    public void Record_BeyondTheLargestValue_CountsAsTheLargest()
    {
        var histogram = new LatencyHistogram();
        histogram.Record(TimeSpan.FromDays(3));

        Assert.Equal(1, histogram.Count);
        Assert.InRange(histogram.Max, TimeSpan.FromMinutes(73), TimeSpan.FromMinutes(74));
    }

    [Fact]
    public void Record_FromManyThreads_LosesNothing()
    {
        var histogram = new LatencyHistogram();
        Parallel.For(0, 100_000, i => histogram.Record(TimeSpan.FromTicks(i)));

        Assert.Equal(100_000, histogram.Count);
        Assert.Equal(TimeSpan.FromTicks(99_999), histogram.Max);
    }
}
