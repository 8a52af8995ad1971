using System.Diagnostics.Metrics;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Grains.Telemetry;

/// <summary>What a silo does with its ledgers, as metrics.</summary>
internal sealed class HoldingMeter
{
    private readonly Counter<long> claims;
    private readonly Counter<long> takeOvers;
    private readonly Counter<long> losses;
    private readonly Counter<long> writes;
    private readonly Counter<long> failures;
    private readonly Counter<long> grants;
    private readonly Counter<long> denials;

    public HoldingMeter(IMeterFactory meters)
    {
        var meter = meters.Create("GeminiBalance");
        claims = meter.CreateCounter<long>("geminibalance.claims", "{claim}", "Claims taken.");
        takeOvers = meter.CreateCounter<long>("geminibalance.claims.taken_over", "{claim}", "Claims whose holder had not given them back.");
        losses = meter.CreateCounter<long>("geminibalance.claims.lost", "{claim}", "Claims that others took from here.");
        writes = meter.CreateCounter<long>("geminibalance.ledgers.written", "{ledger}", "Ledgers written.");
        failures = meter.CreateCounter<long>("geminibalance.ledgers.failed_writes", "{write}", "Writes that failed.");
        grants = meter.CreateCounter<long>("geminibalance.grants", "{token}", "Tokens granted.");
        denials = meter.CreateCounter<long>("geminibalance.denials", "{ask}", "Asks that got fewer tokens than they asked for, by reason.");
    }

    public void Claimed(int count, int takenOver)
    {
        claims.Add(count);
        takeOvers.Add(takenOver);
    }

    public void Lost(int count) => losses.Add(count);

    public void Wrote(int count, int lost)
    {
        writes.Add(count - lost);
        losses.Add(lost);
    }

    public void WriteFailed() => failures.Add(1);

    public void Answered(LedgerAnswer answer, int asked)
    {
        if (answer.Grants.Count > 0)
        {
            grants.Add(answer.Grants.Count);
        }

        if (answer.Grants.Count < asked && denials.Enabled)
        {
            denials.Add(1, new KeyValuePair<string, object?>("reason", answer.Denial.ToString()));
        }
    }
}
