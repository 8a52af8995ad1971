using GeminiBalance.Load.Cluster;
using GeminiBalance.Load.Measuring;
using GeminiBalance.Load.Processes;

namespace GeminiBalance.Load.Proofs;

/// <summary>Every process is replaced under load: nobody notices, and nothing is forgotten.</summary>
internal sealed class RollingProof : ClusterProof
{
    private const double ServiceShare = 0.2;
    private const int DisabledKeys = 10;
    private const string Reason = "set aside";

    /// <summary>The last settlements travel in batches: what nobody waits for gathers for half a minute.</summary>
    private static readonly TimeSpan SettleTime = TimeSpan.FromSeconds(40);

    private static readonly TimeSpan LoadBefore = TimeSpan.FromSeconds(10);

    public override string Name => "cluster rolling";

    public override string Summary => "SIGTERM and restart of every process in turn, under load: no failed request, disabled keys and day counts as they were";

    protected override TimeSpan QuickDuration => TimeSpan.FromSeconds(1);

    protected override async Task ProveAsync(ProofScale scale, ProofReport report, TimeProvider time, CancellationToken cancellationToken)
    {
        var plan = new ClusterPlan { Keys = scale.Keys, Upstream = FakeUpstream.Enforcing(5), LogFolder = scale.LogFolder };
        await using var cluster = await ClusterUnderTest.StartAsync(plan, time, cancellationToken);
        using var admin = new AdminClient(cluster.Gateways[0].Address);
        await using var traffic = new ProofTraffic(cluster, time, cancellationToken);
        await traffic.WarmUpAsync();
        var disabled = await DisableAsync(admin, cancellationToken);
        traffic.StartPressure();
        traffic.StartService(ServiceShare);
        await Task.Delay(LoadBefore, time, cancellationToken);
        var before = await admin.ListKeysAsync(cancellationToken);
        var started = cluster.Now;
        do
        {
            foreach (var member in cluster.Members)
            {
                await member.ReplaceAsync(cluster, report, cancellationToken);
            }
        }
        while (cluster.Now - started < scale.Duration);

        await traffic.JudgeAsync(report);
        await Task.Delay(SettleTime, time, cancellationToken);
        await JudgeKeysAsync(cluster, report, disabled, before, cancellationToken);
    }

    private static async Task<IReadOnlyList<string>> DisableAsync(AdminClient admin, CancellationToken cancellationToken)
    {
        var ids = (await admin.ListKeysAsync(cancellationToken)).Take(DisabledKeys).Select(key => key.Id).ToArray();
        foreach (var id in ids)
        {
            await admin.DisableAsync(id, Reason, cancellationToken);
        }

        return ids;
    }

    private static async Task JudgeKeysAsync(
        ClusterUnderTest cluster, ProofReport report, IReadOnlyList<string> disabled, IReadOnlyList<ListedKey> before, CancellationToken cancellationToken)
    {
        foreach (var gateway in cluster.Gateways)
        {
            using var admin = new AdminClient(gateway.Address);
            var after = (await admin.ListKeysAsync(cancellationToken)).ToDictionary(key => key.Id);
            var kept = disabled.Count(id => after.TryGetValue(id, out var key) && key is { State: "disabled", Reason: Reason });
            var now = string.Join(", ", disabled.Select(id => after.TryGetValue(id, out var key) ? $"{key.State} ({key.Reason})" : "gone").Distinct());
            report.Add(kept == disabled.Count, $"{gateway.Name}: {kept} of {disabled.Count} disabled keys are still disabled, with their reason: {now}");
            var less = before.Count(key => !after.TryGetValue(key.Id, out var now) || now.SpentToday < key.SpentToday);
            report.Add(less == 0, $"{gateway.Name}: {less} keys show less spent today than before");
            var upstream = await FakeUpstream.ReadDayCountsAsync(cluster.Upstream, cluster.Plan.Keys, cancellationToken);
            var counts = DayCounts.Compare(after.ToDictionary(key => key.Key, key => key.Value.SpentToday), upstream);
            report.Add(
                counts.Different == 0,
                $"{gateway.Name}: day counts sum to {counts.Pool}, the upstream's to {counts.Upstream}; {counts.Different} keys differ{(counts.Different == 0 ? "" : $" ({counts.Example})")}");
        }
    }
}
