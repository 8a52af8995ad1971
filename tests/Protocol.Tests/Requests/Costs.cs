namespace GeminiBalance.Protocol.Tests.Requests;

/// <summary>Asserts that twice the input costs about twice, in bytes allocated and bytes written.</summary>
internal static class Costs
{
    /// <summary>Twice, and room for arrays that grow by doubling.</summary>
    private const double GrowthMax = 2.9;

    /// <param name="input">Makes an input whose size goes with the number.</param>
    /// <param name="run">What may cost no more than its input; returns the bytes it wrote.</param>
    /// <param name="size">Large enough that fixed costs do not show.</param>
    public static void AreLinear<T>(Func<int, T> input, Func<T, long> run, int size)
    {
        run(input(8));
        var (written, allocated) = Measure(input(size), run);
        var (writtenTwice, allocatedTwice) = Measure(input(2 * size), run);

        Assert.InRange(writtenTwice, 0, (long)(GrowthMax * written));
        Assert.InRange(allocatedTwice, 0, (long)(GrowthMax * allocated));
    }

    private static (long Written, long Allocated) Measure<T>(T input, Func<T, long> run)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var written = run(input);
        return (written, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
