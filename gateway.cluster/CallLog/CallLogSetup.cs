using GeminiBalance.Gateway.CallLog;
using GeminiBalance.Storage.MySql;

namespace GeminiBalance.Gateway.Cluster.CallLog;

/// <summary>Brings the log of calls into a gateway of a cluster.</summary>
internal static class CallLogSetup
{
    public static IServiceCollection AddClusterCallLog(this IServiceCollection services) => services
        .AddSingleton<MySqlCallLog>()
        .AddSingleton<MySqlCallLogReader>()
        .AddSingleton<ICallLogStore, ClusterCallLogStore>()
        .AddSingleton<ICallLogReader, ClusterCallLogReader>()
        .AddSingleton<ICallStatistics, ClusterCallStatistics>()
        .AddCallLogWriter();
}
