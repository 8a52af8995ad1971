namespace GeminiBalance.Silo.Health;

/// <summary>The answer of <c>/health/details</c>: for people and for tests, without secrets.</summary>
/// <param name="Status"><c>healthy</c>, <c>degraded</c> or <c>unhealthy</c>, as <c>/health/ready</c> says.</param>
/// <param name="Reason">Why, when it is not healthy.</param>
/// <param name="Cluster">The cluster's name.</param>
/// <param name="Silo">This silo: address, port, generation.</param>
/// <param name="Membership">Its own status in the membership table.</param>
/// <param name="Members">All members that are not dead, and their status.</param>
/// <param name="Activations">Grains in memory here, those of Orleans included.</param>
/// <param name="HeldClaims">Keys whose ledger is held here.</param>
/// <param name="IsDegraded">Whether the database has not confirmed them lately.</param>
/// <param name="GrainCalls">Calls that arrived at grains here since the start, by method.</param>
internal sealed record DetailsAnswer(
    string Status,
    string Reason,
    string Cluster,
    string Silo,
    string Membership,
    IReadOnlyDictionary<string, string> Members,
    long Activations,
    int HeldClaims,
    bool IsDegraded,
    IReadOnlyDictionary<string, long> GrainCalls);
