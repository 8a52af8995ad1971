using GeminiBalance.TestKit;

namespace GeminiBalance.KeyPool.Tests.Local;

/// <remarks>Alone: every collection that other tests cause counts what is left of this thread's buffer as allocated.</remarks>
[Collection(AloneCollection.Name)]
public sealed class AllocationTests
{
    /// <summary>Bytes for one acquire and settle that need not wait: the lease (80) and the result (48), and the rest spread over many calls.</summary>
    private const double BytesMax = 132;

    [Theory]
    [InlineData(0)]
    [InlineData(1_000_000)]
    public async Task AcquireAndSettle_NoWait_StaysWithinItsBudget(long rpm)
    {
        var harness = await PoolHarness.StartAsync(100, Samples.Table(rpm));
        var request = Samples.Request(10) with { EstimatedTokens = 100, Affinity = 7 };
        Run(harness.Pool, request, 2_000);

        // The least of several rounds: code that is not optimized yet allocates more, and when it is depends on how busy the machine is.
        var perCall = Enumerable.Range(0, 8).Min(_ =>
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            Run(harness.Pool, request, 10_000);
            return (GC.GetAllocatedBytesForCurrentThread() - before) / 10_000.0;
        });
        Assert.True(perCall <= BytesMax, $"{perCall} bytes for an acquire and settle.");
    }

    private static void Run(LocalKeyPool pool, LeaseRequest request, int times)
    {
        var outcome = new CallOutcome(CallOutcomeKind.Succeeded) { PromptTokens = 90 };
        for (var i = 0; i < times; i++)
        {
            var pending = pool.AcquireAsync(request, CancellationToken.None);
            if (pending.IsCompletedSuccessfully)
            {
                pool.Settle(pending.GetAwaiter().GetResult().Lease!, outcome);
            }
        }
    }
}
