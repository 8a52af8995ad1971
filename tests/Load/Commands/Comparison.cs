using GeminiBalance.Load.Driving;
using GeminiBalance.Load.Measuring;

namespace GeminiBalance.Load.Commands;

/// <summary>All figures of one run. Rounds are interleaved, so that a slow minute of the machine falls on every target alike.</summary>
internal sealed class Comparison(TimeProvider time, IReadOnlyList<Target> targets, IReadOnlyList<int> concurrencies, TimeSpan each)
{
    public const double StreamsPerSecond = 50;

    private readonly List<ComparisonSample> _samples = [];

    /// <summary>The generator's own CPU seconds, to see that it is not the bottleneck.</summary>
    public TimeSpan GeneratorCpu { get; private set; }

    /// <summary>The longest p99 of sending late in the runs at a constant rate.</summary>
    public TimeSpan GeneratorLateness { get; private set; }

    /// <summary>Runs every face often enough that its code is compiled.</summary>
    public async Task WarmUpAsync(CancellationToken cancellationToken)
    {
        foreach (var target in targets)
        {
            await ClosedLoop.RunAsync(time, target.Unary, connections: 32, each, cancellationToken);
            await ClosedLoop.RunAsync(time, target.Stream, connections: 8, each / 2, cancellationToken);
        }
    }

    /// <summary>Every target at every concurrency.</summary>
    public async Task RunRoundAsync(int round, CancellationToken cancellationToken)
    {
        var cpuBefore = ProcessUsage.CpuTime(Environment.ProcessId);
        foreach (var concurrency in concurrencies)
        {
            foreach (var target in targets)
            {
                var cpu = ProcessUsage.CpuTime(target.ProcessIds);
                var result = await ClosedLoop.RunAsync(time, target.Unary, concurrency, each, cancellationToken);
                cpu = ProcessUsage.CpuTime(target.ProcessIds) - cpu;
                Add(round, target, concurrency, result.Latency, result.RequestsPerSecond, cpu);
            }
        }

        GeneratorCpu += ProcessUsage.CpuTime(Environment.ProcessId) - cpuBefore;
    }

    /// <summary>Every target with streams at a constant rate.</summary>
    public async Task RunStreamsAsync(int round, CancellationToken cancellationToken)
    {
        var cpuBefore = ProcessUsage.CpuTime(Environment.ProcessId);
        foreach (var target in targets)
        {
            await RunStreamsAsync(round, target, cancellationToken);
        }

        GeneratorCpu += ProcessUsage.CpuTime(Environment.ProcessId) - cpuBefore;
    }

    /// <summary>The median over all rounds.</summary>
    /// <param name="target">Whose.</param>
    /// <param name="concurrency">0 for the streams.</param>
    /// <param name="figure">Which.</param>
    public double Of(Target target, int concurrency, Func<ComparisonSample, double> figure) =>
        Median.Of(Samples(target, concurrency).Select(figure));

    /// <summary>The median of what a target adds to another, round by round.</summary>
    public double Added(Target target, Target to, int concurrency, Func<ComparisonSample, double> figure) =>
        Median.Of(Samples(target, concurrency).Zip(Samples(to, concurrency), (mine, other) => figure(mine) - figure(other)));

    private async Task RunStreamsAsync(int round, Target target, CancellationToken cancellationToken)
    {
        var firstByte = new LatencyHistogram();
        using var loop = new OpenLoop(time, target.Stream, StreamsPerSecond);
        var cpu = ProcessUsage.CpuTime(target.ProcessIds);
        await loop.RunAsync(each, answer => firstByte.Record(answer.Status == 200 ? answer.FirstByte - answer.Scheduled : TimeSpan.MaxValue), cancellationToken);
        cpu = ProcessUsage.CpuTime(target.ProcessIds) - cpu;
        Add(round, target, concurrency: 0, firstByte, StreamsPerSecond, cpu);
        GeneratorLateness = new[] { GeneratorLateness, loop.Lateness.Percentile(99) }.Max();
    }

    private void Add(int round, Target target, int concurrency, LatencyHistogram latency, double requestsPerSecond, TimeSpan cpu) =>
        _samples.Add(new ComparisonSample(
            target.Name, round, concurrency, latency.Percentile(50).TotalMilliseconds, latency.Percentile(99).TotalMilliseconds, requestsPerSecond, cpu.TotalSeconds * 1000 / latency.Count));

    private IEnumerable<ComparisonSample> Samples(Target target, int concurrency) =>
        _samples.Where(sample => sample.Target == target.Name && sample.Concurrency == concurrency).OrderBy(sample => sample.Round);
}
