using GeminiBalance.Grains;

namespace GeminiBalance.Gateway.Cluster.Members;

/// <summary>The live gateways as this one believes them to be. Pure.</summary>
internal sealed record KnownGateways(IReadOnlyList<string> Names, bool IsComplete)
{
    public static KnownGateways None { get; } = new([], IsComplete: false);

    /// <summary>Takes over what the directory says. A directory that started anew has not heard of all yet: until it has, nobody is forgotten.</summary>
    public KnownGateways With(ClusterView view) => new(
        [.. (view.IsComplete ? view.Gateways : view.Gateways.Union(Names)).Distinct().Order(StringComparer.Ordinal)], view.IsComplete);
}
