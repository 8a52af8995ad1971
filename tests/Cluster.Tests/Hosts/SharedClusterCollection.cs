namespace GeminiBalance.Cluster.Tests.Hosts;

/// <summary>Tests that share one running cluster, one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class SharedClusterCollection : ICollectionFixture<SharedCluster>
{
    public const string Name = "shared cluster";
}
