using GeminiBalance.Load.Processes;
using GeminiBalance.MariaDb;

namespace GeminiBalance.Load.Cluster;

/// <summary>What must be there before a cluster can be started.</summary>
internal static class ClusterPrograms
{
    /// <summary>Null where a cluster can be started.</summary>
    public static string? MissingReason =>
        new[] { Projects.Silo, Projects.ClusterGateway }.FirstOrDefault(dll => !File.Exists(dll)) is { } missing
            ? $"{Path.GetFileName(missing)} is not built (dotnet build GeminiBalance.Cluster.sln -c {Projects.Configuration}; its packages must be on the registry)"
            : MariaDbServer.MissingReason is { } reason ? char.ToLowerInvariant(reason[0]) + reason[1..] : null;
}
