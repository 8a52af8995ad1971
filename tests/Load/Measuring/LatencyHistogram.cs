using System.Numerics;

namespace GeminiBalance.Load.Measuring;

/// <summary>Counts durations in buckets that grow with the value, so that every percentile is off by less than 1 %, whatever its size. Safe for any number of threads.</summary>
internal sealed class LatencyHistogram
{
    private const int SubBucketBits = 7;
    private const int SubBuckets = 1 << SubBucketBits;

    /// <summary>The largest value that is told apart: 2^42 ns, 73 minutes. Larger ones count as that.</summary>
    private const long NanosecondsMax = (1L << 42) - 1;

    private readonly long[] _counts = new long[BucketOf(NanosecondsMax) + 1];
    private long _count;
    private long _max;

    public long Count => Interlocked.Read(ref _count);

    public TimeSpan Max => ToTime(Interlocked.Read(ref _max));

    public void Record(TimeSpan duration)
    {
        var nanoseconds = Math.Clamp(duration.Ticks * TimeSpan.NanosecondsPerTick, 0, NanosecondsMax);
        Interlocked.Increment(ref _counts[BucketOf(nanoseconds)]);
        Interlocked.Increment(ref _count);
        var max = Interlocked.Read(ref _max);
        while (nanoseconds > max)
        {
            max = Interlocked.CompareExchange(ref _max, nanoseconds, max) is var seen && seen == max ? nanoseconds : seen;
        }
    }

    /// <summary>The smallest bucket's upper end that at least this share of all values does not exceed; zero when nothing was recorded.</summary>
    /// <param name="percent">From 0 to 100.</param>
    public TimeSpan Percentile(double percent)
    {
        var wanted = Math.Max(1, (long)Math.Ceiling(Count * percent / 100));
        long seen = 0;
        for (var bucket = 0; bucket < _counts.Length; bucket++)
        {
            seen += Interlocked.Read(ref _counts[bucket]);
            if (seen >= wanted)
            {
                return ToTime(Math.Min(UpperEndOf(bucket), Interlocked.Read(ref _max)));
            }
        }

        return TimeSpan.Zero;
    }

    private static int BucketOf(long nanoseconds)
    {
        var shift = Math.Max(0, BitOperations.Log2((ulong)nanoseconds) - SubBucketBits);
        return (shift * SubBuckets) + (int)(nanoseconds >> shift);
    }

    private static long UpperEndOf(int bucket)
    {
        var shift = Math.Max(0, (bucket / SubBuckets) - 1);
        return ((bucket - (shift * SubBuckets) + 1L) << shift) - 1;
    }

    private static TimeSpan ToTime(long nanoseconds) => TimeSpan.FromTicks((nanoseconds + TimeSpan.NanosecondsPerTick - 1) / TimeSpan.NanosecondsPerTick);
}
