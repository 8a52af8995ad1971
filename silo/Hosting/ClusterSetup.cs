using System.Security.Cryptography;
using GeminiBalance.Grains.Holding;
using GeminiBalance.Grains.Hosting;
using GeminiBalance.KeyPool;
using GeminiBalance.Silo.Membership;
using GeminiBalance.Silo.Settings;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MySqlConnector;
using Orleans.Configuration;

namespace GeminiBalance.Silo.Hosting;

/// <summary>Makes the process a silo that holds keys: membership, reminders and grain state in MySQL.</summary>
internal static class ClusterSetup
{
    /// <summary>Names MySqlConnector in Orleans; its own name means nothing there.</summary>
    private const string Invariant = "MySql.Data.MySqlConnector";

    private const int HolderRandomChars = 12;

    public static void AddCluster(this HostApplicationBuilder builder, SiloSettings settings)
    {
        builder.Services.AddSingleton<ProcessEnd>().AddSingleton<IFatalErrorHandler, Eviction>().AddSingleton<IMemberProbe, TcpMemberProbe>().AddSingleton<JoinGate>();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = SiloLimits.HandOverWithin);
        builder.UseOrleans(silo =>
        {
            silo.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (settings.ClusterId, settings.ClusterId))
                .Configure<EndpointOptions>(options => (options.AdvertisedIPAddress, options.SiloPort, options.GatewayPort) =
                    (settings.Address, settings.SiloPort, settings.GatewayPort))
                .Configure<ClusterMembershipOptions>(LivenessSetup.Configure)
                .Configure<GrainCollectionOptions>(options => options.CollectionAge = SiloLimits.IdleActivationAge)
                .AddActivityPropagation();
            silo.AddDatabase(settings);
            silo.AddKeyGrains(
                new HoldingOptions { Holder = HolderName(settings), WriteInterval = settings.WriteInterval },
                KeyLedgerOptions.Cluster with { MaxFailures = settings.MaxFailures },
                HolderPulseOptions.Default with { IsStrict = !settings.GrantWithoutDatabase });
        });
    }

    private static void AddDatabase(this ISiloBuilder silo, SiloSettings settings)
    {
        var members = settings.Database.RevealForOrleans();

        // Apart, because the reminder service asks for all its ranges at once: with a slow database the members would wait in line behind it.
        var others = new MySqlConnectionStringBuilder(members) { ApplicationName = "GeminiBalance reminders", MaximumPoolSize = SiloLimits.ReminderConnectionsMax }.ConnectionString;
        silo.UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) = (Invariant, members))
            .UseAdoNetReminderService(options => (options.Invariant, options.ConnectionString) = (Invariant, others))
            .AddAdoNetGrainStorage(KeyGrainsSetup.StorageName, options => (options.Invariant, options.ConnectionString) = (Invariant, others));
        silo.Services.WatchVotes();
    }

    /// <summary>Puts the watch around the table that the provider registered.</summary>
    private static void WatchVotes(this IServiceCollection services)
    {
        var table = services.Last(service => service.ServiceType == typeof(IMembershipTable)).ImplementationType!;
        services.RemoveAll<IMembershipTable>();
        services.AddSingleton(table);
        services.AddSingleton<IMembershipTable>(provider => new WatchedMembershipTable(
            (IMembershipTable)provider.GetRequiredService(table), provider.GetRequiredService<ILogger<WatchedMembershipTable>>()));
    }

    /// <summary>Never the same for two runs: a claim says which run holds it.</summary>
    private static string HolderName(SiloSettings settings) =>
        $"silo-{settings.Address}-{settings.SiloPort}-{RandomNumberGenerator.GetHexString(HolderRandomChars, lowercase: true)}";
}
