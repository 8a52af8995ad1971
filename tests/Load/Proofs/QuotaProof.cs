using GeminiBalance.Load.Cluster;
using GeminiBalance.Load.Measuring;
using GeminiBalance.Load.Processes;

namespace GeminiBalance.Load.Proofs;

/// <summary>Never over and nearly all, from all keys through all gateways and silos, and at what price in grain calls.</summary>
internal sealed class QuotaProof : ClusterProof
{
    private const double ShareMin = 0.99;
    private const double CallsSaturatedMax = 2;
    private const double CallsAtNinetyMax = 1.2;
    private const double LightShare = 0.9;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>After saturation, until every key has a full window of the lighter load behind it.</summary>
    private static readonly TimeSpan LightSettling = TimeSpan.FromSeconds(75);

    private static readonly TimeSpan LightMeasured = TimeSpan.FromSeconds(60);

    public override string Name => "cluster quota";

    public override string Summary => "3 silos, 2 gateways, 1,000 keys of 5 RPM (--keys, --rpm) at 120 % demand, then at 90 %: no violation, 99 % used, grain calls per request";

    protected override TimeSpan QuickDuration => TimeSpan.FromSeconds(62);

    protected override async Task ProveAsync(ProofScale scale, ProofReport report, TimeProvider time, CancellationToken cancellationToken)
    {
        var plan = new ClusterPlan
        {
            Keys = scale.Keys,
            RequestsPerMinute = scale.RequestsPerMinute,
            Upstream = FakeUpstream.Enforcing(scale.RequestsPerMinute),
            LogFolder = scale.LogFolder,
        };
        await using var cluster = await ClusterUnderTest.StartAsync(plan, time, cancellationToken);
        await using var traffic = new ProofTraffic(cluster, time, cancellationToken);
        await traffic.WarmUpAsync();

        var from = cluster.Now;
        var meter = await GrainCallMeter.StartAsync(cluster, cancellationToken);
        traffic.StartPressure();
        await Task.Delay(scale.Duration, time, cancellationToken);
        await meter.ReadAsync(cancellationToken);
        var until = cluster.Now;
        await traffic.Pressure.StopAsync();
        JudgeMinutes(report, MinuteCounts.Of(traffic.Pressure.Answers, from, until), scale.Keys * plan.RequestsPerMinute);
        meter.Judge(report, "saturated", CallsSaturatedMax);
        if (!scale.IsQuick)
        {
            await RunLightAsync(cluster, traffic, report, time, cancellationToken);
        }

        await traffic.JudgeAsync(report);
    }

    private static async Task RunLightAsync(ClusterUnderTest cluster, ProofTraffic traffic, ProofReport report, TimeProvider time, CancellationToken cancellationToken)
    {
        await Task.Delay(Minute, time, cancellationToken);
        traffic.StartService(LightShare);
        await Task.Delay(LightSettling, time, cancellationToken);
        var meter = await GrainCallMeter.StartAsync(cluster, cancellationToken);
        await Task.Delay(LightMeasured, time, cancellationToken);
        await meter.ReadAsync(cancellationToken);
        meter.Judge(report, "at 90 % load", CallsAtNinetyMax);
    }

    private static void JudgeMinutes(ProofReport report, IReadOnlyList<int> minutes, int possible)
    {
        var worst = minutes.Count == 0 ? 0 : minutes.Min();
        report.Add(worst >= ShareMin * possible, $"served a minute: {string.Join(", ", minutes)} of {possible}; the least is {(double)worst / possible:P2}");
    }
}
