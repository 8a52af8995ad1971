using GeminiBalance.Load.Cluster;
using GeminiBalance.Load.Processes;

namespace GeminiBalance.Load.Proofs;

/// <summary>Wall clocks that disagree by ten seconds: never over, also while keys go from one silo to another.</summary>
internal sealed class SkewProof : ClusterProof
{
    private const double ServiceShare = 0.1;
    private static readonly TimeSpan Offset = TimeSpan.FromSeconds(5);

    /// <summary>Every window is full and in use when the keys move.</summary>
    private static readonly TimeSpan LoadBefore = TimeSpan.FromSeconds(30);

    /// <summary>A window given away too early shows within this time.</summary>
    private static readonly TimeSpan LoadAfter = TimeSpan.FromSeconds(30);

    public override string Name => "cluster skew";

    public override string Summary => "silos and gateways with clocks 5 s ahead and 5 s behind, keys handed over between them: no violation";

    protected override int MinutesDefault => 3;

    protected override TimeSpan QuickDuration => TimeSpan.FromSeconds(1);

    protected override string? MissingReason => base.MissingReason ?? ClockSkew.MissingReason;

    protected override async Task ProveAsync(ProofScale scale, ProofReport report, TimeProvider time, CancellationToken cancellationToken)
    {
        var plan = new ClusterPlan { Keys = scale.Keys, Upstream = FakeUpstream.Enforcing(5), LogFolder = scale.LogFolder, ClockOffset = OffsetOf };
        await using var cluster = await ClusterUnderTest.StartAsync(plan, time, cancellationToken);
        report.Note($"clocks: {string.Join(", ", cluster.Members.Select(member => $"{member.Name} {OffsetOf(member.Kind, member.Place).TotalSeconds:+0;-0;0} s"))}");
        await using var traffic = new ProofTraffic(cluster, time, cancellationToken);
        await traffic.WarmUpAsync();
        traffic.StartPressure();
        traffic.StartService(ServiceShare);
        var started = cluster.Now;
        do
        {
            await Task.Delay(LoadBefore, time, cancellationToken);
            foreach (var silo in cluster.Silos)
            {
                await silo.ReplaceAsync(cluster, report, cancellationToken);
            }

            await Task.Delay(LoadAfter, time, cancellationToken);
        }
        while (cluster.Now - started < scale.Duration);

        await traffic.JudgeAsync(report);
    }

    // Two silos ahead of and behind the third; the gateways the other way round.
    private static TimeSpan OffsetOf(MemberKind kind, int place) => (kind, place) switch
    {
        (MemberKind.Silo, 1) or (MemberKind.Gateway, 2) => Offset,
        (MemberKind.Silo, 2) or (MemberKind.Gateway, 1) => -Offset,
        _ => TimeSpan.Zero,
    };
}
