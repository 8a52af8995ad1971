using GeminiBalance.Gateway.Cluster.Settings;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.KeyPool;
using GeminiBalance.Storage.MySql;
using Orleans.Configuration;

namespace GeminiBalance.Gateway.Cluster.Silos;

/// <summary>Brings the connection to the silos into a host. Registered first, so that it ends last.</summary>
internal static class SiloSetup
{
    /// <summary>The name under which Orleans knows MySqlConnector.</summary>
    private const string Invariant = "MySql.Data.MySqlConnector";

    /// <summary>The longest wait for a grain that names no time of its own.</summary>
    private static readonly TimeSpan ResponseTimeOut = TimeSpan.FromSeconds(2);

    /// <summary>How soon silos that come and go are noticed.</summary>
    private static readonly TimeSpan RefreshPeriod = TimeSpan.FromSeconds(2);

    private static readonly string[] Repetitive = ["Orleans.Messaging.GatewayManager", "Microsoft.Extensions.Diagnostics.HealthChecks"];

    public static void AddSilos(this WebApplicationBuilder builder, ClusterSettings settings, MySqlAddress database)
    {
        builder.Services.AddOptions<LoggerFilterOptions>().Configure<ISettingsSource>((options, source) => Quieten(options, source.Current.LogLevel));
        var ownHosted = HostedServices(builder.Services).ToHashSet();
        builder.UseOrleansClient(client => client
            .Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (settings.ClusterId, settings.ClusterId))
            .Configure<ClientMessagingOptions>(options => options.ResponseTimeout = ResponseTimeOut)
            .Configure<GatewayOptions>(options => options.GatewayListRefreshPeriod = RefreshPeriod)
            .UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) = (Invariant, database.RevealForOrleans()))
            .UseConnectionRetryFilter<SilosAwaited>()
            .AddGatewayCountChangedHandler(provider =>
            {
                var contact = provider.GetRequiredService<SiloContact>();
                return (_, change) => contact.OnConnectionsChanged(change.NumberOfConnectedGateways);
            })
            .AddActivityPropagation());

        // As a hosted service the client would hold up the start of the whole process until a silo is there.
        foreach (var blocking in HostedServices(builder.Services).Where(descriptor => !ownHosted.Contains(descriptor)).ToList())
        {
            builder.Services.Remove(blocking);
        }

        builder.Services
            .AddSingleton<SiloContact>()
            .AddSingleton<GrainCalls>()
            .AddSingleton<IOutgoingGrainCallFilter>(provider => provider.GetRequiredService<GrainCalls>())
            .AddSingleton<SiloConnection>()
            .AddHostedService(provider => provider.GetRequiredService<SiloConnection>())
            .AddSingleton<ConnectedLedgers>()
            .AddSingleton<IKeyLedgers>(provider => provider.GetRequiredService<ConnectedLedgers>());
    }

    /// <summary>What is repeated as long as silos are gone, this project's own lines say once.</summary>
    private static void Quieten(LoggerFilterOptions options, LogLevel level)
    {
        var isVerbose = level <= LogLevel.Debug;
        options.AddFilter("Orleans", isVerbose ? level : LogLevel.Warning);
        foreach (var category in Repetitive)
        {
            options.AddFilter(category, isVerbose ? level : LogLevel.Critical);
        }
    }

    private static IEnumerable<ServiceDescriptor> HostedServices(IServiceCollection services) =>
        services.Where(descriptor => descriptor.ServiceType == typeof(IHostedService));
}
