using GeminiBalance.Gateway.Resources;
using GeminiBalance.Storage.MySql;

namespace GeminiBalance.Gateway.Cluster.Resources;

/// <summary>Brings the ledger of resources into a gateway of a cluster.</summary>
internal static class ResourceSetup
{
    public static IServiceCollection AddClusterResources(this IServiceCollection services) => services
        .AddSingleton<MySqlResources>()
        .AddSingleton<IResourceStore, ClusterResourceStore>()
        .AddResourceRetention();
}
