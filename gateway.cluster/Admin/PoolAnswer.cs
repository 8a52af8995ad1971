namespace GeminiBalance.Gateway.Cluster.Admin;

/// <summary>A gateway's pool: what it holds now, and counters since its start.</summary>
internal sealed record PoolAnswer(
    int Keys, int OwnKeys, int Waiting, long Grants, long SpareGrants, long Asks, long Denials, long WrittenOff, long Failures, long Unused, long SettlementMessages);
