using GeminiBalance.Load.Cluster;
using GeminiBalance.Load.Processes;

namespace GeminiBalance.Load.Proofs;

/// <summary>The database falls silent, then dies: calls go on, what was to be written is written later, and health says so.</summary>
internal sealed class DatabaseProof : ClusterProof
{
    private const double ServiceShare = 0.2;
    private static readonly TimeSpan LoadBefore = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan DownFor = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LogMax = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LogInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan HealthMax = TimeSpan.FromSeconds(60);

    public override string Name => "cluster database";

    public override string Summary => "MariaDB stands still for a minute, then is killed and comes back: no failed request, logs complete, health degraded; strict: a clean 503";

    protected override int MinutesDefault => 1;

    protected override TimeSpan QuickDuration => TimeSpan.FromSeconds(15);

    protected override async Task ProveAsync(ProofScale scale, ProofReport report, TimeProvider time, CancellationToken cancellationToken)
    {
        await GoOnAsync(scale, report, time, cancellationToken);
        await StrictDatabaseRun.RunAsync(scale, report, time, cancellationToken);
    }

    private static async Task GoOnAsync(ProofScale scale, ProofReport report, TimeProvider time, CancellationToken cancellationToken)
    {
        var plan = new ClusterPlan { Keys = scale.Keys, Upstream = FakeUpstream.Enforcing(5), LogFolder = scale.LogFolder };
        var from = time.GetUtcNow();
        await using var cluster = await ClusterUnderTest.StartAsync(plan, time, cancellationToken);
        await using var traffic = new ProofTraffic(cluster, time, cancellationToken);
        await traffic.WarmUpAsync();
        traffic.StartPressure();
        traffic.StartService(ServiceShare);
        await Task.Delay(LoadBefore, time, cancellationToken);

        cluster.Database.Freeze();
        report.Note($"{cluster.Now.TotalSeconds,6:F1} s: database frozen");
        var frozenAt = cluster.Now;
        await WaitForHealthAsync(cluster, report, "degraded", cancellationToken);
        await Task.Delay(scale.Duration - (cluster.Now - frozenAt) is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero, time, cancellationToken);
        cluster.Database.Thaw();
        report.Note($"{cluster.Now.TotalSeconds,6:F1} s: database goes on");
        await WaitForHealthAsync(cluster, report, "healthy", cancellationToken);

        await cluster.Database.KillAsync();
        report.Note($"{cluster.Now.TotalSeconds,6:F1} s: database killed");
        await Task.Delay(DownFor, time, cancellationToken);
        await cluster.Database.RestartAsync();
        report.Note($"{cluster.Now.TotalSeconds,6:F1} s: database started again");
        await WaitForHealthAsync(cluster, report, "healthy", cancellationToken);
        await Task.Delay(LoadBefore, time, cancellationToken);
        await traffic.JudgeAsync(report);
        await JudgeLogAsync(cluster, report, from, time, cancellationToken);
    }

    /// <summary>Every call that succeeded has its row in the end, also those of the time without a database.</summary>
    private static async Task JudgeLogAsync(ClusterUnderTest cluster, ProofReport report, DateTimeOffset from, TimeProvider time, CancellationToken cancellationToken)
    {
        var expected = (await FakeUpstream.ReadStatisticsAsync(cluster.Upstream, cancellationToken)).Served;
        using var admin = new AdminClient(cluster.Gateways[0].Address);
        var started = cluster.Now;
        long rows;
        while ((rows = await admin.CountLoggedAsync(from, time.GetUtcNow(), cancellationToken)) < expected && cluster.Now - started < LogMax)
        {
            await Task.Delay(LogInterval, time, cancellationToken);
        }

        report.Add(rows == expected, $"the request log has {rows} rows of calls that succeeded, the upstream served {expected}");
    }

    private static async Task WaitForHealthAsync(ClusterUnderTest cluster, ProofReport report, string status, CancellationToken cancellationToken)
    {
        var from = cluster.Now;
        foreach (var member in cluster.Members)
        {
            await member.WaitUntilAsync(health => health.IsReady && health.Status == status, HealthMax, cancellationToken);
            report.Note($"{cluster.Now.TotalSeconds,6:F1} s: {member.Name} says {status}, after {(cluster.Now - from).TotalSeconds:F1} s");
        }

        report.Add(holds: true, $"every member says {status}");
    }
}
