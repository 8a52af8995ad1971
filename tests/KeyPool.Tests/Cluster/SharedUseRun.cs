using System.Globalization;
using GeminiBalance.KeyPool.Tests.Simulation;
using GeminiBalance.TestKit;

namespace GeminiBalance.KeyPool.Tests.Cluster;

/// <summary>Gateways over the same ledgers, whose answers take a millisecond, and clients whose calls come at an even rate and wait up to ten seconds.</summary>
internal sealed class SharedUseRun
{
    private static readonly TimeSpan CallTime = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan WarmUp = TimeSpan.FromMinutes(1);
    private readonly ManualTimeProvider time = new();
    private readonly InMemoryLedgers ledgers;
    private readonly IReadOnlyList<ClusterKeyPool> pools;
    private readonly LinkedList<(Task<LeaseResult> Task, ClusterKeyPool Pool)> waiting = [];
    private readonly Queue<(DateTimeOffset At, KeyLease Lease, ClusterKeyPool Pool)> ending = new();
    private readonly Dictionary<KeyId, UpstreamBook> books;
    private readonly KeyLimits limits;
    private readonly double perMinute;
    private readonly double demand;

    public SharedUseRun(int keys, int rpm, int gateways, double demand)
    {
        this.demand = demand;
        (limits, perMinute) = (new KeyLimits(rpm, 0, 0), (double)keys * rpm);
        ledgers = new InMemoryLedgers(time) { Delay = TimeSpan.FromMilliseconds(1) };
        RosterKey[] roster = [.. Samples.NewKeys(keys).Select(key => new RosterKey(key, new KeyProfile()))];
        books = roster.ToDictionary(row => row.Key.Id, _ => new UpstreamBook(TimeSpan.Zero, TimeSpan.Zero));
        string[] names = [.. Enumerable.Range(0, gateways).Select(number => "gateway-" + number.ToString(CultureInfo.InvariantCulture))];
        pools = [.. names.Select(_ => new ClusterKeyPool(ledgers, time, limits: Samples.Table(rpm)))];
        for (var i = 0; i < gateways; i++)
        {
            pools[i].SetGateways(names[i], names);
            pools[i].ApplyKeys(roster, []);
        }
    }

    public int Denied { get; private set; }

    /// <summary>Tokens used after the first minute, of those there were. In the first, all are there at once.</summary>
    public double Use { get; private set; }

    public double MessagesPerCall => (ledgers.Asks + ledgers.SettlementMessages) / (double)pools.Sum(pool => pool.Health.Grants);

    public void Run(TimeSpan duration)
    {
        var (start, used) = (time.GetUtcNow(), 0);
        var gap = TimeSpan.FromMinutes(1 / (demand * perMinute));
        for (var n = 0; n * gap < duration; n++)
        {
            AdvanceTo(start + (n * gap));
            var request = Samples.Request(10, "client" + (n % 7).ToString(CultureInfo.InvariantCulture));
            waiting.AddLast((pools[n % pools.Count].AcquireAsync(request, CancellationToken.None).AsTask(), pools[n % pools.Count]));
            used = n * gap < WarmUp ? books.Values.Sum(book => book.Count) : used;
        }

        AdvanceTo(start + duration);
        Use = (books.Values.Sum(book => book.Count) - used) / ((duration - WarmUp).TotalMinutes * perMinute);
    }

    public string? FindViolation() => books.Values.Select(book => book.FindViolation(limits)).FirstOrDefault(violation => violation is not null);

    private void AdvanceTo(DateTimeOffset target)
    {
        time.AdvanceTo(target);
        for (var node = waiting.First; node is not null;)
        {
            var (next, (task, pool)) = (node.Next, node.Value);
            if (task.IsCompleted)
            {
                waiting.Remove(node);
                Take(task.GetAwaiter().GetResult(), pool);
            }

            node = next;
        }

        while (ending.TryPeek(out var end) && end.At <= target)
        {
            ending.Dequeue();
            end.Pool.Settle(end.Lease, new CallOutcome(CallOutcomeKind.Succeeded) { SentAt = end.Lease.SendBefore, PromptTokens = 10 });
        }
    }

    private void Take(LeaseResult result, ClusterKeyPool pool)
    {
        if (result.IsGranted)
        {
            books[result.Lease.Key.Id].Add(time.GetUtcNow(), 0);
            ending.Enqueue((time.GetUtcNow() + CallTime, result.Lease, pool));
        }
        else
        {
            Denied++;
        }
    }
}
