using System.Globalization;

namespace GeminiBalance.KeyPool.Tests.Selection;

public sealed class FairQueueTests
{
    private readonly FairQueue<string> queue = new();

    [Fact]
    public void Serve_SeveralOwners_TakesTurnsAndKeepsEachOwnersOrder()
    {
        Enqueue("a1 a2 a3 a4 b1 b2 c1");
        Assert.Equal("a1 b1 c1 a2 b2 a3 a4", Serve(_ => ServeResult.Served));
        Assert.Equal(0, queue.Count);
    }

    [Fact]
    public void Serve_OwnerThatWasServed_WaitsForAllOthers()
    {
        Enqueue("a1 a2 b1 b2");
        Assert.Equal("a1", Serve(_ => queue.Count == 4 ? ServeResult.Served : ServeResult.Stop));
        Enqueue("c1");
        Assert.Equal("b1 a2 c1 b2", Serve(_ => ServeResult.Served));
    }

    [Fact]
    public void Serve_ItemThatCannotGo_LetsOthersPassAndKeepsItsPlace()
    {
        Enqueue("a1 a2 b1");
        Assert.Equal("a2 b1", Serve(item => item == "a1" ? ServeResult.Skipped : ServeResult.Served));
        Enqueue("b2");
        Assert.Equal("a1 b2", Serve(_ => ServeResult.Served));
    }

    [Fact]
    public void Remove_AnyItem_LeavesNoTrace()
    {
        var tickets = Enqueue("a1 b1 a2 c1");
        queue.Remove(tickets[1]);
        queue.Remove(tickets[0]);
        Assert.Equal("a2 c1", Serve(_ => ServeResult.Served));
    }

    [Fact]
    public void Serve_RandomCourse_OwnersNeverDifferByMoreThanOneTurn()
    {
        var random = new Random(7);
        for (var round = 0; round < 200; round++)
        {
            var owners = random.Next(1, 6);
            Enqueue(string.Join(' ', Enumerable.Range(0, 60).Select(n => (char)('a' + random.Next(owners)) + n.ToString(CultureInfo.InvariantCulture))));
            var left = 20;
            var waiting = new Dictionary<char, int>();
            var served = Serve(_ => left-- > 0 ? ServeResult.Served : ServeResult.Stop).Split(' ').CountBy(item => item[0]).ToList();
            var busy = served.Max(pair => pair.Value);
            foreach (var line in Serve(_ => ServeResult.Served).Split(' ').CountBy(item => item[0]))
            {
                waiting[line.Key] = line.Value;
            }

            // Whoever still waits was served as often as anybody else, or once less.
            Assert.All(waiting, pair => Assert.InRange(served.Where(s => s.Key == pair.Key).Sum(s => s.Value), busy - 1, busy));
        }
    }

    private List<FairTicket<string>> Enqueue(string items) => [.. items.Split(' ').Select(item => queue.Enqueue(item[..1], item))];

    private string Serve(Func<string, ServeResult> offer)
    {
        var served = new List<string>();
        queue.Serve(item =>
        {
            var result = offer(item);
            if (result == ServeResult.Served)
            {
                served.Add(item);
            }

            return result;
        });
        return string.Join(' ', served);
    }
}
