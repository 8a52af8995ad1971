namespace GeminiBalance.Load.Cluster;

/// <summary>What a process of the cluster is.</summary>
internal enum MemberKind
{
    Silo = 1,
    Gateway = 2,
}
