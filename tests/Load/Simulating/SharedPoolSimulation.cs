using System.Globalization;
using GeminiBalance.KeyPool;
using GeminiBalance.TestKit;

namespace GeminiBalance.Load.Simulating;

/// <summary>Some gateways' pools over one set of ledgers, with calls at a constant rate that wait up to ten seconds, all in simulated time.</summary>
internal sealed class SharedPoolSimulation
{
    private static readonly TimeSpan AnswerTime = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan CallTime = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan WarmUp = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(10);
    private readonly ManualTimeProvider time = new();
    private readonly InMemoryLedgers ledgers;
    private readonly IReadOnlyList<ClusterKeyPool> pools;
    private readonly DateTimeOffset start;
    private readonly double perMinute;
    private readonly double demand;

    public SharedPoolSimulation(int keys, int rpm, int gateways, double demand)
    {
        this.demand = demand;
        perMinute = (double)keys * rpm;
        start = time.GetUtcNow();
        ledgers = new InMemoryLedgers(time) { Delay = AnswerTime };
        var limits = KeyLimitTable.Unlimited with { Default = new KeyLimits(rpm, 0, 0) };
        var names = Enumerable.Range(0, gateways).Select(number => string.Create(CultureInfo.InvariantCulture, $"gateway-{number}")).ToList();
        RosterKey[] roster = [.. Enumerable.Range(0, keys).Select(number => new RosterKey(Key(number), new KeyProfile()))];
        pools = [.. names.Select(name => NewPool(name, names, roster, limits))];
    }

    public int Calls { get; private set; }

    public int Denied { get; private set; }

    /// <summary>Tokens used after the first minute, of those there were.</summary>
    public double Use { get; private set; }

    private long Granted => pools.Sum(pool => pool.Health.Grants);

    public double MessagesPerCall => (ledgers.Asks + ledgers.SettlementMessages) / (double)Granted;

    public static ApiKey Key(int number) => new("AIzaSySimulated-" + number.ToString("D23", CultureInfo.InvariantCulture));

    public void Run(TimeSpan duration, CancellationToken cancellationToken)
    {
        var warm = 0L;
        var gap = TimeSpan.FromMinutes(1 / (demand * perMinute));
        for (var n = 0; n * gap < duration; n++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            time.AdvanceTo(start + (n * gap));
            _ = CallAsync(n);
            ledgers.Log.Clear();
            warm = n * gap < WarmUp ? Granted : warm;
        }

        time.AdvanceTo(start + duration);
        Use = (Granted - warm) / ((duration - WarmUp).TotalMinutes * perMinute);
    }

    private ClusterKeyPool NewPool(string name, IReadOnlyCollection<string> all, RosterKey[] roster, KeyLimitTable limits)
    {
        var pool = new ClusterKeyPool(ledgers, time, limits: limits);
        pool.SetGateways(name, all);
        pool.ApplyKeys(roster, []);
        return pool;
    }

    private async Task CallAsync(int n)
    {
        Calls++;
        var pool = pools[n % pools.Count];
        var result = await pool.AcquireAsync(new LeaseRequest { Model = "gemini-2.5-flash", MaxWait = WaitMax }, CancellationToken.None);
        if (!result.IsGranted)
        {
            Denied++;
            return;
        }

        await Task.Delay(CallTime, time);
        pool.Settle(result.Lease, new CallOutcome(CallOutcomeKind.Succeeded) { SentAt = result.Lease.GrantedAt });
    }
}
