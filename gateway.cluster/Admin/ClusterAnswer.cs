namespace GeminiBalance.Gateway.Cluster.Admin;

/// <summary>The cluster as one gateway sees it.</summary>
/// <param name="Gateway">This gateway's name.</param>
/// <param name="Status"><c>healthy</c>, <c>degraded</c> or <c>unhealthy</c>.</param>
/// <param name="Reason">Why it is not healthy.</param>
/// <param name="Gateways">The live gateways, as far as it knows.</param>
/// <param name="GatewaysComplete">False while the directory may not have heard of all.</param>
/// <param name="Silos">The active silos; null when none answers.</param>
/// <param name="SiloConnections">Silos it holds a connection to.</param>
/// <param name="Pool">Its pool's counters.</param>
/// <param name="GrainCalls">Calls to grains since its start, by method.</param>
internal sealed record ClusterAnswer(
    string Gateway,
    string Status,
    string? Reason,
    IReadOnlyList<string> Gateways,
    bool GatewaysComplete,
    IReadOnlyList<string>? Silos,
    int SiloConnections,
    PoolAnswer Pool,
    IReadOnlyDictionary<string, long> GrainCalls);
