using GeminiBalance.MariaDb;

namespace GeminiBalance.Cluster.Tests.Hosts;

/// <summary>A test that needs a database server; skipped, with the reason, where none is installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ClusterFactAttribute : FactAttribute
{
    public ClusterFactAttribute() => Skip = MariaDbServer.MissingReason;
}
