using GeminiBalance.Load.Cluster;
using GeminiBalance.Load.Measuring;
using GeminiBalance.Load.Processes;

namespace GeminiBalance.Load.Proofs;

/// <summary>Through <c>kill -9</c> of silos and gateways: never over, nothing lost that could be saved, and a dead silo's keys come back.</summary>
internal sealed class KillProof : ClusterProof
{
    /// <summary>Of what all keys can serve. After each silo's kill its keys are held back for a minute, and in this storm most keys are at any time.</summary>
    private const double ServiceShare = 0.05;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan KillEvery = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan DownFor = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Pressing = TimeSpan.FromSeconds(55);

    /// <summary>Silos die faster than their keys come back, so at times there is hardly a key that is not held back: calls wait for it.</summary>
    private static readonly TimeSpan QueueWaitMax = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan RecoveryMax = TimeSpan.FromSeconds(75);
    private static readonly TimeSpan RecoveryWaitMax = TimeSpan.FromSeconds(90);

    public override string Name => "cluster kill";

    public override string Summary => "kill -9 of a silo, a gateway, both, every 20 s, under load: no violation, no failed request, keys back within 75 s";

    protected override TimeSpan QuickDuration => TimeSpan.FromSeconds(50);

    protected override async Task ProveAsync(ProofScale scale, ProofReport report, TimeProvider time, CancellationToken cancellationToken)
    {
        var plan = new ClusterPlan { Keys = scale.Keys, QueueWaitMax = QueueWaitMax, Upstream = FakeUpstream.Enforcing(5), LogFolder = scale.LogFolder };
        await using var cluster = await ClusterUnderTest.StartAsync(plan, time, cancellationToken);
        await using var traffic = new ProofTraffic(cluster, time, cancellationToken);
        await traffic.WarmUpAsync();
        traffic.StartPressure();
        traffic.StartService(ServiceShare);

        // Long enough for every token to be in use: a key of which nothing is wanted proves nothing by its silence.
        await Task.Delay(Pressing, time, cancellationToken);
        await RecoverAsync(cluster, traffic, report, time, cancellationToken);
        await StormAsync(cluster, traffic, report, time, scale.Duration, cancellationToken);
        await traffic.JudgeAsync(report);
    }

    /// <summary>Kills one silo and leaves it dead until the others have all its keys at work again.</summary>
    private static async Task RecoverAsync(ClusterUnderTest cluster, ProofTraffic traffic, ProofReport report, TimeProvider time, CancellationToken cancellationToken)
    {
        var victim = cluster.Silos[^1];
        await victim.KillAsync();
        var killedAt = cluster.Now;
        report.Note($"{killedAt.TotalSeconds,6:F1} s: killed {victim.Name}, left dead");
        KeyRecovery recovery;
        do
        {
            await Task.Delay(Second, time, cancellationToken);
            recovery = KeyRecovery.Of(traffic.Pressure.Answers, killedAt);
        }
        while (recovery.Missing > 0 && cluster.Now - killedAt < RecoveryWaitMax);
        report.Add(
            recovery.Missing == 0 && recovery.Last <= RecoveryMax,
            $"of {recovery.Keys} keys, {recovery.Late} waited for more than a window; the last served again {recovery.Last.TotalSeconds:F1} s after the kill (at most {RecoveryMax.TotalSeconds:F0}), {recovery.Missing} never");
        await victim.StartAsync(cancellationToken);
    }

    private static async Task StormAsync(
        ClusterUnderTest cluster, ProofTraffic traffic, ProofReport report, TimeProvider time, TimeSpan duration, CancellationToken cancellationToken)
    {
        var started = cluster.Now;
        for (var number = 0; cluster.Now - started < duration; number++)
        {
            var due = started + (number * KillEvery);
            await Task.Delay(due > cluster.Now ? due - cluster.Now : TimeSpan.Zero, time, cancellationToken);
            var (silo, gateway) = KillSchedule.At(number, cluster.Silos.Count, cluster.Gateways.Count);
            await Task.WhenAll(
                silo is { } one ? cluster.Silos[one].KillAsync() : Task.CompletedTask,
                gateway is { } other ? traffic.KillGatewayAsync(other) : Task.CompletedTask);
            ClusterMember[] victims = [.. silo is { } s ? [cluster.Silos[s]] : Array.Empty<ClusterMember>(), .. gateway is { } g ? [cluster.Gateways[g]] : Array.Empty<ClusterMember>()];
            var killedAt = cluster.Now;
            await Task.Delay(DownFor, time, cancellationToken);
            await Task.WhenAll(victims.Select(victim => victim.StartAsync(cancellationToken)));
            report.Note($"{killedAt.TotalSeconds,6:F1} s: killed {string.Join(" and ", victims.Select(victim => victim.Name))}, ready again after {(cluster.Now - killedAt).TotalSeconds:F1} s");
        }

        var end = started + duration;
        await Task.Delay(end > cluster.Now ? end - cluster.Now : TimeSpan.Zero, time, cancellationToken);
    }
}
