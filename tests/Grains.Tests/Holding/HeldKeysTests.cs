using GeminiBalance.Grains.Tests.Clusters;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Grains.Tests.Holding;

public sealed class HeldKeysTests
{
    private readonly HoldingBench bench = new();

    [Fact]
    public async Task ClaimLostWhileItsAnswerWasOnTheWay_IsNotHeld()
    {
        var keys = bench.Services.Keys;
        var late = await bench.HoldAsync(1);
        Assert.Equal(0, keys.Lose([new LostClaim(Asks.Key(1), late.Term)]));
        Assert.False(keys.TryAdd(late));

        var next = await bench.HoldAsync(1);
        Assert.True(keys.TryAdd(next));
        Assert.Equal(1, keys.Count);
    }

    [Fact]
    public async Task LossOfAnEarlierTerm_LeavesTheHolder()
    {
        var keys = bench.Services.Keys;
        var held = await bench.HoldAsync(1);
        Assert.True(keys.TryAdd(held));
        Assert.Equal(0, keys.Lose([new LostClaim(Asks.Key(1), held.Term - 1), new LostClaim(Asks.Key(2), held.Term)]));
        Assert.False(held.IsOver);
    }

    [Fact]
    public async Task Remove_LeavesALaterHolderOfTheSameKey()
    {
        var keys = bench.Services.Keys;
        var (first, second) = (await bench.HoldAsync(1), await bench.HoldAsync(1));
        keys.TryAdd(first);
        keys.TryAdd(second);
        keys.Remove(first);
        Assert.True(keys.TryFind(Asks.Key(1), out var found));
        Assert.Same(second, found);
    }
}
