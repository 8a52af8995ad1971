namespace GeminiBalance.Gateway.Planning;

/// <summary>What a pool yields, and what it costs to run. Pure arithmetic.</summary>
internal sealed record CapacityPlan(PlanInput Input)
{
    private const double SecondsPerDay = 86_400;

    /// <summary>The sum of the keys' requests per minute.</summary>
    public double TotalPerMinute => (double)Input.Keys * Input.RequestsPerMinute;

    /// <summary>The rate that can be kept up all day: what minutes allow, unless days allow less.</summary>
    public double SustainedPerSecond => Math.Min(
        TotalPerMinute * PlanCosts.UsableShare / 60,
        Input.RequestsPerDay > 0 ? Input.Keys * Input.RequestsPerDay / SecondsPerDay : double.PositiveInfinity);

    /// <summary>Hours until the day's requests are gone when every minute is used in full; null when they are not.</summary>
    public double? HoursAtFullRate => Input.RequestsPerDay > 0 && Input.RequestsPerDay < Input.RequestsPerMinute * 1_440.0
        ? (double)Input.RequestsPerDay / Input.RequestsPerMinute / 60
        : null;

    public double TasksPerSecond => SustainedPerSecond / Input.CallsPerTask;

    /// <summary>Tasks that run at once when they are started as fast as can be kept up (Little's law).</summary>
    public double SustainedConcurrency => TasksPerSecond * Input.TaskSeconds;

    /// <summary>Tasks that can begin in one moment when all keys are fresh: one call each.</summary>
    public double BurstConcurrency => TotalPerMinute;

    public double CallsPerSecond => SustainedPerSecond * Input.Load;

    public double MessagesPerSecond => Math.Min(CallsPerSecond, SustainedPerSecond) * (Input.Load >= 1 ? PlanCosts.MessagesPerCallSaturated : PlanCosts.MessagesPerCall);

    public double SiloCores => MessagesPerSecond / PlanCosts.AsksPerSiloCore;

    public double SiloBytes => Input.Keys * PlanCosts.SiloBytesPerKey / Input.Silos;

    public double GatewayBytes => Input.Keys * PlanCosts.GatewayBytesPerKey;

    /// <summary>Ledgers that change in a second and are written; a ledger that changes twice within one round is written once.</summary>
    public double LedgerRowsPerSecond => Math.Min(Math.Min(CallsPerSecond, SustainedPerSecond), Input.Keys * PlanCosts.WritesPerSecond);

    /// <summary>Statements MySQL sees in a second: batches of ledgers, pulses of silos.</summary>
    public double StatementsPerSecond => (LedgerRowsPerSecond / PlanCosts.RowsPerStatement) + (Input.Silos * (PlanCosts.WritesPerSecond + PlanCosts.PulsesPerSecond));
}
