using GeminiBalance.Grains.Holding;

namespace GeminiBalance.Grains.Tests.Holding;

public sealed class BatcherTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);
    private readonly List<IReadOnlyList<int>> batches = [];
    private readonly TaskCompletionSource entered = new();
    private readonly TaskCompletionSource go = new();

    [Fact]
    public async Task ItemsDuringABatch_AreTheNextOnes_BoundedAndDistinct()
    {
        var batcher = new Batcher<int, string>(RunAsync, 3, TimeSpan.Zero, Long, TimeProvider.System);
        var first = batcher.AddAsync(1);
        await entered.Task;
        var rest = new[] { 2, 3, 2, 4, 5, 6, 7 }.Select(batcher.AddAsync).ToList();
        go.SetResult();

        Assert.Equal("1", await first);
        Assert.Equal(["2", "3", "2", "4", "5", "6", "7"], await Task.WhenAll(rest));
        Assert.Equal(["1", "2,3", "2,4,5", "6,7"], batches.Select(batch => string.Join(',', batch)));
    }

    [Fact]
    public async Task FailedBatch_FailsItsItemsAndNoOthers()
    {
        var fails = true;
        var batcher = new Batcher<int, int>((items, _) => fails ? throw new IOException("away") : new(items), 3, TimeSpan.Zero, Long, TimeProvider.System);
        await Assert.ThrowsAsync<IOException>(() => batcher.AddAsync(1));
        fails = false;
        Assert.Equal(2, await batcher.AddAsync(2));
    }

    [Fact]
    public async Task StoreThatDoesNotAnswer_IsGivenUpInTime()
    {
        var batcher = new Batcher<int, int>((_, _) => new(new TaskCompletionSource<IReadOnlyList<int>>().Task), 3, TimeSpan.Zero, TimeSpan.FromMilliseconds(10), TimeProvider.System);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => batcher.AddAsync(1));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => batcher.AddAsync(2));
    }

    private async ValueTask<IReadOnlyList<string>> RunAsync(IReadOnlyList<int> items, CancellationToken cancellationToken)
    {
        batches.Add(items);
        entered.TrySetResult();
        await go.Task;
        return [.. items.Select(item => item.ToString())];
    }
}
