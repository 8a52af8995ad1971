using GeminiBalance.Load.Processes;
using GeminiBalance.MariaDb;

namespace GeminiBalance.Load.Cluster;

/// <summary>A whole cluster of real processes: database, upstream, silos, gateways. All end with it.</summary>
internal sealed class ClusterUnderTest : IAsyncDisposable
{
    private static readonly TimeSpan KeysKnownMax = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan KeysKnownInterval = TimeSpan.FromMilliseconds(200);

    private readonly TimeProvider time;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("geminibalance-cluster-");
    private readonly PortPicker ports = new(new Random(Environment.ProcessId));
    private MariaDbServer? database;
    private ChildProcess? upstream;

    private ClusterUnderTest(ClusterPlan plan, TimeProvider time)
    {
        (Plan, this.time) = (plan, time);
        Epoch = time.GetTimestamp();
    }

    public ClusterPlan Plan { get; }

    /// <summary>The timestamp from which all times of the run count.</summary>
    public long Epoch { get; }

    public TimeSpan Now => time.GetElapsedTime(Epoch);

    public MariaDbServer Database => database!;

    public ChildProcess Upstream => upstream!;

    public IReadOnlyList<ClusterMember> Silos { get; private set; } = [];

    public IReadOnlyList<ClusterMember> Gateways { get; private set; } = [];

    public IEnumerable<ClusterMember> Members => Silos.Concat(Gateways);

    /// <summary>Starts everything, adds the keys through the admin API and waits until every gateway knows them.</summary>
    public static async Task<ClusterUnderTest> StartAsync(ClusterPlan plan, TimeProvider time, CancellationToken cancellationToken)
    {
        var cluster = new ClusterUnderTest(plan, time);
        try
        {
            await cluster.StartAsync(cancellationToken);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Adds keys and waits until every gateway knows them.</summary>
    public async Task AddKeysAsync(int count, CancellationToken cancellationToken)
    {
        using (var admin = new AdminClient(Gateways[0].Address))
        {
            await admin.AddKeysAsync(count, cancellationToken);
        }

        await WaitForKeysAsync(count, cancellationToken);
    }

    /// <summary>Waits until every gateway knows so many keys.</summary>
    public async Task WaitForKeysAsync(int count, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        foreach (var gateway in Gateways)
        {
            using var admin = new AdminClient(gateway.Address);
            int known;
            while ((known = await admin.CountKeysAsync(cancellationToken)) < count)
            {
                if (time.GetElapsedTime(started) > KeysKnownMax)
                {
                    throw new InvalidOperationException($"{gateway.Name} knows {known} of {count} keys after {KeysKnownMax.TotalSeconds:F0} s.");
                }

                await Task.Delay(KeysKnownInterval, time, cancellationToken);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var member in Members)
        {
            await member.DisposeAsync();
        }

        if (upstream is not null)
        {
            await upstream.DisposeAsync();
        }

        if (database is not null)
        {
            await database.DisposeAsync();
        }

        folder.Delete(recursive: true);
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        if (Plan.LogFolder is { } logs)
        {
            Directory.CreateDirectory(logs);
        }

        database = await MariaDbServer.StartAsync();
        upstream = await ChildProcess.StartAsync("upstream", Projects.FakeGemini, ["--port", "0", .. Plan.Upstream], folder.FullName, new Dictionary<string, string>());
        Silos = [.. Enumerable.Range(1, Plan.Silos).Select(place => Make(MemberKind.Silo, place, MemberSettings.Silo(Plan, place, Database.ConnectionString, ports)))];
        Gateways = [.. Enumerable.Range(1, Plan.Gateways).Select(place => Make(MemberKind.Gateway, place, MemberSettings.Gateway(Plan, place, Database.ConnectionString, Upstream.Address)))];
        await Silos[0].StartAsync(cancellationToken);
        await Task.WhenAll(Silos.Skip(1).Select(silo => silo.StartAsync(cancellationToken)));
        await Task.WhenAll(Gateways.Select(gateway => gateway.StartAsync(cancellationToken)));
        await AddKeysAsync(Plan.Keys, cancellationToken);
    }

    private ClusterMember Make(MemberKind kind, int place, Dictionary<string, string> settings)
    {
        var port = ports.Pick();
        settings["HOST"] = "127.0.0.1";
        settings["PORT"] = $"{port}";
        var log = Plan.LogFolder is { } logs ? new MemberLog(time, Epoch, Path.Combine(logs, $"{kind}{place}.log")) : null;
        return new ClusterMember(kind, place, port, settings, folder.FullName, log, time);
    }
}
