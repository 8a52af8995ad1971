using GeminiBalance.Load.Cluster;
using GeminiBalance.Load.Processes;

namespace GeminiBalance.Load.Proofs;

/// <summary>A silo stands still until the others have buried it, then goes on as if nothing had happened: it must not grant from keys that are no longer its own.</summary>
internal sealed class FreezeProof : ClusterProof
{
    private const double ServiceShare = 0.1;
    private static readonly TimeSpan FrozenFor = TimeSpan.FromSeconds(15);

    /// <summary>From the thaw to the next freeze: a zombie ends itself within it and is started again, as a service manager would, and its keys are back.</summary>
    private static readonly TimeSpan ThawedFor = TimeSpan.FromSeconds(75);

    private static readonly TimeSpan NoticeMax = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan NoticeInterval = TimeSpan.FromMilliseconds(100);

    public override string Name => "cluster freeze";

    public override string Summary => "a silo stands still for 15 s and goes on, again and again, under load: no violation, no failed request";

    protected override TimeSpan QuickDuration => TimeSpan.FromSeconds(50);

    protected override async Task ProveAsync(ProofScale scale, ProofReport report, TimeProvider time, CancellationToken cancellationToken)
    {
        var plan = new ClusterPlan { Keys = scale.Keys, Upstream = FakeUpstream.Enforcing(5), LogFolder = scale.LogFolder };
        await using var cluster = await ClusterUnderTest.StartAsync(plan, time, cancellationToken);
        await using var traffic = new ProofTraffic(cluster, time, cancellationToken);
        await traffic.WarmUpAsync();
        traffic.StartPressure();
        traffic.StartService(ServiceShare);
        var started = cluster.Now;
        for (var round = 0; cluster.Now - started < scale.Duration; round++)
        {
            var silo = cluster.Silos[round % cluster.Silos.Count];
            await Task.Delay(round == 0 ? TimeSpan.FromSeconds(10) : ThawedFor, time, cancellationToken);
            silo.Freeze();
            var frozenAt = cluster.Now;
            await Task.Delay(FrozenFor, time, cancellationToken);
            silo.Thaw();
            var thawedAt = cluster.Now;
            while (!silo.HasExited && cluster.Now - thawedAt < NoticeMax)
            {
                await Task.Delay(NoticeInterval, time, cancellationToken);
            }

            var ended = silo.HasExited;
            report.Note($"{frozenAt.TotalSeconds,6:F1} s: froze {silo.Name} for {(thawedAt - frozenAt).TotalSeconds:F1} s; {(ended ? $"it ended itself {(cluster.Now - thawedAt).TotalSeconds:F1} s later" : "it goes on as a member")}");
            if (ended)
            {
                await silo.StartAsync(cancellationToken);
            }
        }

        await traffic.JudgeAsync(report);
    }
}
