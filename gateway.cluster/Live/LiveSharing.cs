using GeminiBalance.Gateway.Live;
using GeminiBalance.Storage.MySql;

namespace GeminiBalance.Gateway.Cluster.Live;

/// <summary>Lets the gateways of a cluster share what Live sessions can be resumed with.</summary>
internal static class LiveSharing
{
    public static IServiceCollection AddLiveSharing(this IServiceCollection services) => services
        .AddSingleton<MySqlLiveHandles>()
        .AddSingleton<ClusterLiveHandles>()
        .AddSingleton<ILiveHandles>(provider => provider.GetRequiredService<ClusterLiveHandles>())
        .AddHostedService(provider => provider.GetRequiredService<ClusterLiveHandles>())
        .AddHostedService<LiveHandleRetention>();
}
