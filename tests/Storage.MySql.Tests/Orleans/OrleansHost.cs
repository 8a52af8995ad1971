using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;

namespace GeminiBalance.Storage.MySql.Tests;

/// <summary>A silo on loopback that keeps members, states and reminders in MySQL, as Orleans itself does it.</summary>
internal static class OrleansHost
{
    public const string Storage = "mysql";
    private const string Invariant = "MySql.Data.MySqlConnector";

    public static IHost Build(MySqlAddress address)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.UseOrleans(silo => silo
            .Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = ("cluster", "service"))
            .ConfigureEndpoints(IPAddress.Loopback, FindPort(), FindPort())
            .UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) = (Invariant, address.RevealForOrleans()))
            .AddAdoNetGrainStorage(Storage, options => (options.Invariant, options.ConnectionString) = (Invariant, address.RevealForOrleans()))
            .UseAdoNetReminderService(options => (options.Invariant, options.ConnectionString) = (Invariant, address.RevealForOrleans())));
        return builder.Build();
    }

    private static int FindPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
