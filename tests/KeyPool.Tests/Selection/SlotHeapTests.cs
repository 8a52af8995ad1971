namespace GeminiBalance.KeyPool.Tests.Selection;

public sealed class SlotHeapTests
{
    [Fact]
    public void SlotHeap_RandomCourse_AgreesWithASortedList()
    {
        var random = new Random(11);
        var heap = new SlotHeap();
        var model = new Dictionary<int, long>();
        for (var step = 0; step < 50_000; step++)
        {
            var slot = random.Next(200);
            if (random.Next(3) == 0)
            {
                heap.Remove(slot);
                model.Remove(slot);
            }
            else
            {
                var rank = random.Next(50);
                heap.Put(slot, rank);
                model[slot] = rank;
            }

            Assert.Equal(model.Count, heap.Count);
            Assert.Equal(model.ContainsKey(slot), heap.Contains(slot));
            if (model.Count > 0)
            {
                Assert.Equal(model.Values.Min(), heap.FirstRank);
                Assert.Equal(heap.FirstRank, model[heap.First]);
            }
        }
    }
}
