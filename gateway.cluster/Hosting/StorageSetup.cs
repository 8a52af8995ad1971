using GeminiBalance.Gateway.Cluster.Keys;
using GeminiBalance.Gateway.Cluster.Responses;
using GeminiBalance.Gateway.Cluster.Settings;
using GeminiBalance.Gateway.Responses;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Storage.MySql;

namespace GeminiBalance.Gateway.Cluster.Hosting;

/// <summary>Brings the cluster's database into a host.</summary>
internal static class StorageSetup
{
    public static IServiceCollection AddClusterStorage(this IServiceCollection services) => services
        .AddSingleton<MySqlDatabase>()
        .AddSingleton<MySqlSchema>()
        .AddSingleton<MySqlMeta>()
        .AddSingleton<MySqlKeyRoster>()
        .AddSingleton<MySqlLedgerReader>()
        .AddSingleton<ClusterStorage>()
        .AddSingleton(provider => provider.GetRequiredService<ClusterStorage>().Box)
        .AddSingleton<KeyRows>()
        .AddSingleton<MySqlResponses>()
        .AddResponseStore<ClusterResponseStore>()
        .AddSingleton<MySqlSettingsStore>()
        .AddSingleton<ISettingsStore, AnnouncedSettingsStore>()
        .AddSingleton<SettingsFollower>()
        .AddHostedService(provider => provider.GetRequiredService<SettingsFollower>());
}
