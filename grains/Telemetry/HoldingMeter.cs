using System.Diagnostics.Metrics;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Grains.Telemetry;

/// <summary>What this silo did with its ledgers since its start. Counted here, so that a call costs no more with an exporter than without.</summary>
public sealed class HoldingMeter
{
    private static readonly KeyDenialReason[] Reasons = Enum.GetValues<KeyDenialReason>();
    private readonly long[] denials = new long[Reasons.Max(reason => (int)reason) + 1];
    private long claims;
    private long takeOvers;
    private long losses;
    private long closes;
    private long writes;
    private long failedWrites;
    private long grants;
    private volatile bool isDegraded;
    private volatile bool isAble;

    public HoldingMeter(IMeterFactory meters, Func<int> held)
    {
        var meter = meters.Create("GeminiBalance");
        meter.CreateObservableCounter("geminibalance.claims", () => Interlocked.Read(ref claims), "{claim}", "Claims taken.");
        meter.CreateObservableCounter("geminibalance.claims.taken_over", () => Interlocked.Read(ref takeOvers), "{claim}", "Claims whose holder had not given them back.");
        meter.CreateObservableCounter("geminibalance.claims.lost", () => Interlocked.Read(ref losses), "{claim}", "Claims that others took from here.");
        meter.CreateObservableCounter("geminibalance.claims.closed", () => Interlocked.Read(ref closes), "{claim}", "Claims given back with exact windows.");
        meter.CreateObservableCounter("geminibalance.ledgers.written", () => Interlocked.Read(ref writes), "{ledger}", "Ledgers written.");
        meter.CreateObservableCounter("geminibalance.ledgers.failed_writes", () => Interlocked.Read(ref failedWrites), "{write}", "Writes that failed.");
        meter.CreateObservableCounter("geminibalance.grants", () => Interlocked.Read(ref grants), "{token}", "Tokens granted.");
        meter.CreateObservableCounter("geminibalance.denials", MeasureDenials, "{ask}", "Asks that got fewer tokens than they asked for, by reason.");
        meter.CreateObservableGauge("geminibalance.ledgers.held", held, "{ledger}", "Ledgers held here.");
        meter.CreateObservableGauge("geminibalance.store.degraded", () => isDegraded ? 1 : 0, description: "1 while this silo does not reach its store.");
        meter.CreateObservableGauge("geminibalance.store.granting", () => isAble ? 1 : 0, description: "1 while this silo may grant.");
    }

    public long Claims => Interlocked.Read(ref claims);

    /// <summary>Claims whose holder had not given them back.</summary>
    public long TakeOvers => Interlocked.Read(ref takeOvers);

    /// <summary>Claims that others took from here.</summary>
    public long Losses => Interlocked.Read(ref losses);

    /// <summary>Claims given back with exact windows.</summary>
    public long Closes => Interlocked.Read(ref closes);

    /// <summary>Ledgers written.</summary>
    public long Writes => Interlocked.Read(ref writes);

    public long FailedWrites => Interlocked.Read(ref failedWrites);

    /// <summary>Tokens granted.</summary>
    public long Grants => Interlocked.Read(ref grants);

    /// <summary>Asks that got fewer tokens than they asked for.</summary>
    public long Denials(KeyDenialReason reason) => Interlocked.Read(ref denials[(int)reason]);

    internal void Claimed(int count, int takenOver)
    {
        Interlocked.Add(ref claims, count);
        Interlocked.Add(ref takeOvers, takenOver);
    }

    internal void Lost(int count) => Interlocked.Add(ref losses, count);

    internal void Closed(int count, int lost)
    {
        Interlocked.Add(ref closes, count);
        Interlocked.Add(ref losses, lost);
    }

    internal void Wrote(int count, int lost)
    {
        Interlocked.Add(ref writes, count);
        Interlocked.Add(ref losses, lost);
    }

    internal void WriteFailed() => Interlocked.Increment(ref failedWrites);

    internal void Standing(bool degraded, bool able) => (isDegraded, isAble) = (degraded, able);

    internal void Answered(LedgerAnswer answer, int asked)
    {
        if (answer.Grants.Count > 0)
        {
            Interlocked.Add(ref grants, answer.Grants.Count);
        }

        if (answer.Grants.Count < asked)
        {
            Interlocked.Increment(ref denials[(int)answer.Denial]);
        }
    }

    private IEnumerable<Measurement<long>> MeasureDenials() => Reasons.Where(reason => reason != KeyDenialReason.None)
        .Select(reason => new Measurement<long>(Denials(reason), new KeyValuePair<string, object?>("reason", reason.ToString())));
}
