using GeminiBalance.Load.Cluster;
using GeminiBalance.Load.Commands;
using GeminiBalance.Load.Measuring;

namespace GeminiBalance.Load.Proofs;

/// <summary>A proof on a whole cluster of real processes.</summary>
internal abstract class ClusterProof : ILoadCommand
{
    /// <summary>The exit code of a proof that cannot be made here, as other test tools have it.</summary>
    public const int Skipped = 77;

    public abstract string Name { get; }

    public abstract string Summary { get; }

    public IReadOnlyCollection<string> Options => ["minutes", "keys", "rpm", "quick", "logs"];

    protected virtual int KeysDefault => 1000;

    protected virtual int MinutesDefault => 5;

    /// <summary>How long the main phase takes with <c>--quick</c>.</summary>
    protected abstract TimeSpan QuickDuration { get; }

    /// <summary>Null where it can be made.</summary>
    protected virtual string? MissingReason => ClusterPrograms.MissingReason;

    public async Task<int> RunAsync(Arguments arguments, TimeProvider time, CancellationToken cancellationToken)
    {
        if (MissingReason is { } reason)
        {
            Console.WriteLine($"SKIPPED {Name}: {reason}");
            return Skipped;
        }

        var isQuick = arguments.Has("quick");
        var minutes = arguments.Has("minutes") || !isQuick ? TimeSpan.FromMinutes(arguments.Number("minutes", MinutesDefault)) : QuickDuration;
        var scale = new ProofScale(arguments.Number("keys", KeysDefault), minutes, isQuick, arguments.Text("logs"));
        scale = scale with { RequestsPerMinute = arguments.Number("rpm", scale.RequestsPerMinute) };
        var report = new ProofReport(Console.Out);
        report.Note($"{Name}: {scale.Keys:N0} keys, {scale.Duration.TotalSeconds:F0} s; load of the machine before: {MachineLoad.Describe()}");
        var started = time.GetTimestamp();
        try
        {
            await ProveAsync(scale, report, time, cancellationToken);
        }
        catch (InvalidOperationException failure)
        {
            report.Add(holds: false, failure.Message);
        }

        report.Note($"took {time.GetElapsedTime(started).TotalSeconds:F0} s; load of the machine after: {MachineLoad.Describe()}");
        return report.Holds ? 0 : 1;
    }

    protected abstract Task ProveAsync(ProofScale scale, ProofReport report, TimeProvider time, CancellationToken cancellationToken);
}
