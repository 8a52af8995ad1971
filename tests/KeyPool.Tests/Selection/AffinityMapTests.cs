using GeminiBalance.TestKit;

namespace GeminiBalance.KeyPool.Tests.Selection;

public sealed class AffinityMapTests
{
    private static readonly LocalKey Key = new(Samples.NewKey(1), new KeyProfile(), new KeyLedger(Samples.NewKey(1).Id, KeyLedgerOptions.Default));

    [Fact]
    public void Set_BeyondCapacity_ForgetsTheLongestSilent()
    {
        var map = new AffinityMap<LocalKey>(2);
        map.Set(1, Key);
        map.Set(2, Key);
        map.Set(1, Key);
        map.Set(3, Key);
        Assert.Equal((true, false, true), (map.Find(1) is not null, map.Find(2) is not null, map.Find(3) is not null));
    }

    [Fact]
    public void Set_RandomCourse_AgreesWithAList()
    {
        var random = new Random(3);
        var map = new AffinityMap<LocalKey>(16);
        var model = new List<ulong>();
        for (var step = 0; step < 20_000; step++)
        {
            var conversation = (ulong)random.Next(40);
            map.Set(conversation, Key);
            model.Remove(conversation);
            model.Add(conversation);
            model.RemoveRange(0, Math.Max(0, model.Count - 16));
            var asked = (ulong)random.Next(40);
            Assert.Equal(model.Contains(asked), map.Find(asked) is not null);
        }
    }
}
