using System.Globalization;
using GeminiBalance.TestKit;

namespace GeminiBalance.KeyPool.Tests.Simulation.Cluster;

/// <summary>
/// A seeded run of whole clusters: gateways and silos with clocks of their own, storms, silos that are killed, stand still or are taken for dead,
/// a store that is away, gateways that come and go, every outcome. A book for each key and model has what arrived at the upstream, and when.
/// </summary>
internal sealed partial class ClusterRun
{
    private static readonly string[] Models = ["flash", "pro", "lite"];
    private static readonly TimeSpan SkewMax = TimeSpan.FromSeconds(5);

    /// <summary>How far the upstream's midnight may be from the true one.</summary>
    private static readonly TimeSpan MidnightSkew = TimeSpan.FromSeconds(2);
    private readonly Random random;
    private readonly int seed;
    private readonly ManualTimeProvider time;
    private readonly IReadOnlyList<ApiKey> keys;
    private readonly KeyLimitTable limits;
    private readonly ClusterKeyPoolOptions options;
    private readonly SimulatedSilos silos;
    private readonly List<SimulatedGateway> gateways = [];
    private readonly Dictionary<(KeyId, string), UpstreamBook> books = [];
    private int born;

    public ClusterRun(int seed)
    {
        (this.seed, random) = (seed, new Random(seed));
        options = new ClusterKeyPoolOptions { WaitersMax = 12, RequestsPerMinutePerSpare = seed % 2 == 0 ? 1 : 1_000 };
        DateTimeOffset[] starts = [new(2026, 1, 15, 20, 0, 0, TimeSpan.Zero), new(2026, 1, 16, 7, 58, 0, TimeSpan.Zero), new(2026, 11, 1, 6, 58, 0, TimeSpan.Zero)];
        time = new ManualTimeProvider(starts[random.Next(starts.Length)]);
        keys = Samples.NewKeys(random.Next(1, 7));
        limits = new KeyLimitTable(
            new KeyLimits(random.Next(1, 6), 0, 0),
            new Dictionary<string, LimitRule> { ["pro"] = new(null, 500), ["l*"] = new(random.Next(0, 80), null, random.Next(1, 120)), ["rapid"] = new(random.Next(10, 60)) },
            new Dictionary<string, LimitRule>());
        projects = seed % 3 == 0 ? [] : ["one", "two"];
        rows = keys.ToDictionary(key => key.Id, key => new RosterKey(key, new KeyProfile { Project = AnyProject() }) { Version = 1 });
        silos = new SimulatedSilos(random.Next(1, 4), new KeyLedgerOptions { DayGuard = TimeSpan.FromSeconds(10) }, time, random);
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            gateways.Add(NewGateway());
        }

        Introduce();
    }

    public int Sent { get; private set; }

    public long SpareGrants => gateways.Sum(gateway => gateway.Pool.Health.SpareGrants);

    public void Run(int steps)
    {
        for (var step = 0; step < steps; step++)
        {
            MoveTime();
            Act();
            Collect();
        }

        foreach (var ((key, model), book) in books)
        {
            var ofModel = limits.Resolve(keys.First(known => known.Id == key), model);
            Assert.True(book.FindViolation(ofModel) is null, $"{model}: {book.FindViolation(ofModel)} under {ofModel} (seed {seed})");
        }

        AssertProjectsNotOver();
    }

    private void Act()
    {
        var gateway = gateways[random.Next(gateways.Count)];
        switch (random.Next(60))
        {
            case 0 or 1:
                silos.Trouble(projects.Length > 0 && random.Next(3) == 0 ? AnyLedger() : AnyKey());
                break;
            case 2:
                gateway.Network.Weather = (Weather)random.Next(3);
                break;
            case 3:
                Replace(gateway);
                break;
            case 4:
                Introduce();
                break;
            case 5:
                gateway.Pool.Limits = limits with { Default = limits.Default };
                break;
            case 6 or 7:
                ChangeRoster(gateway);
                break;
            case 8:
                Enable(AnyKey());
                break;
            case 9:
                Probe(gateway);
                break;
            case 10 when gateway.Waiting.Count > 0:
                gateway.Waiting[random.Next(gateway.Waiting.Count)].Source.Cancel();
                break;
            case 11:
                Rush(gateway);
                break;
            case 12 when projects.Length > 0:
                Declare();
                break;
            case 13 or 14 when projects.Length > 0:
                Hear(gateway);
                break;
            default:
                Acquire(gateway);
                break;
        }
    }

    private void MoveTime()
    {
        AdvanceTo(time.GetUtcNow() + random.Next(12) switch
        {
            < 4 => TimeSpan.Zero,
            < 7 => TimeSpan.FromMilliseconds(random.Next(1, 300)),
            < 10 => TimeSpan.FromMilliseconds(random.Next(1, 5_000)),
            10 => TimeSpan.FromMilliseconds(random.Next(1, 20_000)),
            _ => random.Next(10) == 0 ? TimeSpan.FromSeconds(61) : TimeSpan.Zero,
        });
    }

    /// <summary>From event to event, so that calls that got a lease are sent in time.</summary>
    private void AdvanceTo(DateTimeOffset target)
    {
        while (time.NextDue is { } due && due <= target)
        {
            time.AdvanceTo(due);
            Collect();
        }

        time.AdvanceTo(target);
        Collect();
    }

    private ApiKey AnyApiKey() => keys[random.Next(keys.Count)];

    private KeyId AnyKey() => AnyApiKey().Id;

    private void Replace(SimulatedGateway old)
    {
        if (old.LateCalls > 0)
        {
            return; // What a gateway takes with it to its grave, nobody can count.
        }

        if (random.Next(2) == 0)
        {
            _ = old.Pool.StopAsync(CancellationToken.None);
        }
        else
        {
            old.Network.IsCut = true;
        }

        gateways.Remove(old);
        gateways.Add(NewGateway());
    }

    /// <summary>Tells each gateway who lives; some hear it later than others.</summary>
    private void Introduce()
    {
        string[] names = [.. gateways.Select(gateway => gateway.Name)];
        foreach (var gateway in gateways.Where(_ => random.Next(3) > 0))
        {
            gateway.Pool.SetGateways(gateway.Name, names);
        }
    }

    private void ChangeRoster(SimulatedGateway gateway)
    {
        RosterKey[] row = [gateway.Pool.Find(AnyKey()) is { } known ? known with { Profile = known.Profile with { Weight = random.Next(1, 4) } } : rows[AnyKey()]];

        // What is told of a key that is gone is told once, and may get lost: of a call that was sent late, only its gateway knows.
        gateway.Pool.ApplyKeys(random.Next(4) > 0 ? row : [], gateway.LateCalls == 0 && random.Next(2) == 0 ? [AnyKey()] : []);
    }

    private void Enable(KeyId key)
    {
        if (silos.Find(key) is { } silo)
        {
            silo.Enable(key);
            gateways.ForEach(gateway => gateway.Pool.Reconsider(key));
        }
    }

    private SimulatedGateway NewGateway()
    {
        var clock = new SkewedClock(time, TimeSpan.FromTicks(random.NextInt64(-SkewMax.Ticks, SkewMax.Ticks)));
        var network = new SimulatedNetwork(silos, time, random) { Weather = (Weather)random.Next(3) };
        var pool = new ClusterKeyPool(network, clock, options, limits);
        pool.ApplyKeys(rows.Values, []);
        return new SimulatedGateway("gateway-" + (born++).ToString(CultureInfo.InvariantCulture), pool, network, clock);
    }
}
