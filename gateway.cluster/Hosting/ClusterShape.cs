using GeminiBalance.Gateway.Admin;
using GeminiBalance.Gateway.Cluster.Admin;
using GeminiBalance.Gateway.Cluster.CallLog;
using GeminiBalance.Gateway.Cluster.Keys;
using GeminiBalance.Gateway.Cluster.Live;
using GeminiBalance.Gateway.Cluster.Members;
using GeminiBalance.Gateway.Cluster.Resources;
using GeminiBalance.Gateway.Cluster.Settings;
using GeminiBalance.Gateway.Cluster.Signatures;
using GeminiBalance.Gateway.Cluster.Silos;
using GeminiBalance.Gateway.Cluster.Telemetry;
using GeminiBalance.Gateway.Hosting;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Cluster.Hosting;

/// <summary>The shape of a cluster: keys in grains that silos hold, everything kept in MySQL, any number of gateways like this one.</summary>
public static class ClusterShape
{
    /// <summary>Builds the gateway. It needs <see cref="OpenAsync"/> before it runs.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="configure">Replaces or adds services; what it registers wins.</param>
    /// <exception cref="StartException">The settings are wrong.</exception>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var app = GatewayApplication.Build(args, builder =>
        {
            AddTo(builder);
            configure?.Invoke(builder);
        });
        ClusterEndpoint.Map(app);
        return app;
    }

    /// <summary>Brings the database up to date and proves that the encryption key fits it, before anything runs.</summary>
    /// <exception cref="StartException">The database cannot be used; the message says why.</exception>
    public static async Task<WebApplication> OpenAsync(this WebApplication app, CancellationToken cancellationToken = default)
    {
        await app.Services.GetRequiredService<ClusterStorage>().OpenAsync(cancellationToken);
        await app.Services.GetRequiredService<SettingOverrides>().LoadAsync(cancellationToken);
        return app;
    }

    /// <summary>Runs a gateway until it is asked to stop.</summary>
    /// <exception cref="StartException">It cannot start, for a reason that people can act on.</exception>
    public static async Task RunAsync(string[] args)
    {
        var app = await Build(args).OpenAsync();
        await app.RunAsync();
    }

    private static void AddTo(WebApplicationBuilder builder)
    {
        var settings = (ClusterSettings)builder.AddGatewaySettings(ClusterSettingTable.Catalog).Current;
        var database = settings.DatabaseAddress();
        var name = GatewayName.Create(Environment.MachineName);
        builder.Services.AddSingleton(name).AddSingleton(database);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = settings.DrainDelay + settings.DrainTime);
        builder.AddSilos(settings, database);
        builder.AddTelemetry(name);
        builder.Services
            .AddClusterStorage()
            .AddClusterCallLog()
            .AddLiveSharing()
            .AddSignatureSharing()
            .AddClusterResources()
            .AddSingleton<IAdminToken, ConfiguredAdminToken>()
            .AddAccessTokens()
            .AddClusterKeyPool()
            .AddMembership()
            .AddAdministration()
            .AddKeyVerification()
            .AddSingleton<ClusterEndpoint>()
            .AddStartBanner<ClusterFacts>();
    }

    private static IServiceCollection AddClusterKeyPool(this IServiceCollection services) => services
        .AddSingleton<AskFailures>()
        .AddSingleton(CreatePool)
        .AddSingleton<IKeyPool>(provider => provider.GetRequiredService<ClusterKeyPool>())
        .AddHostedService<ClusterPoolHost>()
        .AddSingleton<RosterFollower>()
        .AddHostedService(provider => provider.GetRequiredService<RosterFollower>())
        .AddHostedService<RemovedKeys>()
        .AddSingleton<ReturnedKeys>()
        .AddHostedService(provider => provider.GetRequiredService<ReturnedKeys>())
        .AddSingleton<Announcer>()
        .AddSingleton<KeyNews>()
        .AddSingleton<IProbeSettlement, ProbeSettlement>()
        .AddSingleton<IConfiguredKeys, ConfiguredKeys>()
        .AddSingleton<IKeyNames, ClusterKeyNames>()
        .AddSingleton<IKeyDirectory, ClusterKeyDirectory>();

    /// <summary>The drain is asked to stop first, because it is registered last.</summary>
    private static IServiceCollection AddMembership(this IServiceCollection services)
    {
        services
            .AddSingleton<GatewayMember>()
            .AddHostedService(provider => provider.GetRequiredService<GatewayMember>())
            .AddSingleton<Drain>()
            .AddHostedService(provider => provider.GetRequiredService<Drain>())
            .AddSingleton<ClusterStatus>()
            .AddHealthChecks().AddCheck<ClusterStatus>(ClusterStatus.Name, tags: [HealthEndpoints.ReadyTag]);
        return services;
    }

    private static ClusterKeyPool CreatePool(IServiceProvider provider) => new(
        provider.GetRequiredService<IKeyLedgers>(),
        provider.GetRequiredService<TimeProvider>(),
        new ClusterKeyPoolOptions { AskFailed = provider.GetRequiredService<AskFailures>().Add },
        provider.GetRequiredService<ISettingsSource>().Current.Limits);
}
