using GeminiBalance.KeyPool;
using GeminiBalance.Silo.Membership;
using GeminiBalance.Silo.Settings;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Configuration;

namespace GeminiBalance.Silo.Hosting;

/// <summary>Makes the process a silo: membership, reminders and grain state in MySQL.</summary>
internal static class ClusterSetup
{
    /// <summary>Names MySqlConnector in Orleans; its own name means nothing there.</summary>
    private const string Invariant = "MySql.Data.MySqlConnector";

    public static void AddCluster(this HostApplicationBuilder builder, SiloSettings settings)
    {
        builder.Services.AddSingleton<IFatalErrorHandler, Eviction>();
        builder.Services.AddSingleton(provider => new HolderPulse(
            HolderPulseOptions.Default with { IsStrict = !settings.GrantWithoutDatabase }, provider.GetRequiredService<TimeProvider>().GetUtcNow()));
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = SiloLimits.StopWithin);
        builder.UseOrleans(silo =>
        {
            var connection = settings.Database.RevealForOrleans();
            silo.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (settings.ClusterId, settings.ClusterId))
                .Configure<EndpointOptions>(options =>
                {
                    options.AdvertisedIPAddress = settings.Address;
                    options.SiloPort = settings.SiloPort;
                    options.GatewayPort = settings.GatewayPort;
                })
                .Configure<ClusterMembershipOptions>(LivenessSetup.Configure)
                .Configure<GrainCollectionOptions>(options => options.CollectionAge = SiloLimits.IdleActivationAge)
                .UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) = (Invariant, connection))
                .UseAdoNetReminderService(options => (options.Invariant, options.ConnectionString) = (Invariant, connection));
            silo.Services.Watch();
        });
    }

    /// <summary>Puts the watch around the table that the provider registered.</summary>
    private static void Watch(this IServiceCollection services)
    {
        var table = services.Last(service => service.ServiceType == typeof(IMembershipTable)).ImplementationType!;
        services.RemoveAll<IMembershipTable>();
        services.AddSingleton(table);
        services.AddSingleton<IMembershipTable>(provider => new WatchedMembershipTable(
            (IMembershipTable)provider.GetRequiredService(table), provider.GetRequiredService<ILogger<WatchedMembershipTable>>()));
    }
}
