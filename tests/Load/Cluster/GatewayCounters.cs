namespace GeminiBalance.Load.Cluster;

/// <summary>What gateways counted since their start.</summary>
/// <param name="Grants">Tokens they were granted.</param>
/// <param name="Asks">Questions to keys.</param>
/// <param name="GrainCalls">Calls to grains of every kind, one-way ones too.</param>
internal readonly record struct GatewayCounters(long Grants, long Asks, long GrainCalls)
{
    public static GatewayCounters operator +(GatewayCounters one, GatewayCounters other) => new(one.Grants + other.Grants, one.Asks + other.Asks, one.GrainCalls + other.GrainCalls);

    public static GatewayCounters operator -(GatewayCounters one, GatewayCounters other) => new(one.Grants - other.Grants, one.Asks - other.Asks, one.GrainCalls - other.GrainCalls);
}
