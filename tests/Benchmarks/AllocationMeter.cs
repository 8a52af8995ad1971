namespace GeminiBalance.Benchmarks;

/// <summary>Counts what an operation allocates once it is warm.</summary>
internal static class AllocationMeter
{
    /// <summary>Enough for the tiers of the compiler and for pools to fill.</summary>
    private const int WarmUpRuns = 500;

    private const int Runs = 2_000;

    /// <returns>Bytes per run, on this thread; the least of three series, so that a pool's growth in one of them does not count.</returns>
    public static long BytesPerRun(Action run)
    {
        Repeat(run, WarmUpRuns);
        var least = long.MaxValue;
        for (var series = 0; series < 3; series++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            Repeat(run, Runs);
            least = Math.Min(least, (GC.GetAllocatedBytesForCurrentThread() - before) / Runs);
        }

        return least;
    }

    private static void Repeat(Action run, int times)
    {
        for (var i = 0; i < times; i++)
        {
            run();
        }
    }
}
