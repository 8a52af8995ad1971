using GeminiBalance.Silo.Health;
using GeminiBalance.Silo.Hosting;
using GeminiBalance.Silo.Membership;
using GeminiBalance.Silo.Settings;
using GeminiBalance.Silo.Telemetry;
using Orleans.Runtime.MembershipService;

namespace GeminiBalance.Silo;

/// <summary>The whole silo, in the order it comes up.</summary>
internal static class SiloApplication
{
    /// <summary>Runs until the process is told to end.</summary>
    /// <exception cref="StartException">It cannot start; the message says why.</exception>
    public static async Task RunAsync()
    {
        var builder = Host.CreateApplicationBuilder();
        var settings = builder.AddSiloSettings();                         // 1 all settings, or all errors
        FreePorts.Check(settings);                                        // 2 ports, before anything is written
        builder.AddTelemetry();
        builder.Services.AddSingleton(TimeProvider.System).AddStorage();
        builder.Services.AddHealth();                                     // 5 health endpoints: first up, last down
        builder.AddCluster(settings);                                     // 6 Orleans, and the grains
        builder.Services.AddHostedService<SiloLifetime>();
        builder.Services.AddHostedService<MemberWatch>();
        using var host = builder.Build();
        await PrepareAsync(host);                                         // 3 tables
        var gate = host.Services.GetRequiredService<JoinGate>();
        await gate.WaitAsync(CancellationToken.None);                     // 4 members that are gone
        try
        {
            await host.RunAsync();
        }
        catch (OrleansClusterConnectivityCheckFailedException failure)
        {
            throw new StartException($"{failure.Message} Each silo must reach every other at its SILO_ADDRESS and SILO_PORT.");
        }
    }

    /// <summary>Applies what the database lacks.</summary>
    /// <exception cref="StartException">It cannot be used; the message says why.</exception>
    public static async Task MigrateAsync()
    {
        var builder = Host.CreateApplicationBuilder();
        var settings = builder.AddSiloSettings();
        builder.Services.AddSingleton(TimeProvider.System).AddStorage();
        using var host = builder.Build();
        var steps = await PrepareAsync(host);
        await Console.Out.WriteLineAsync($"The database {settings.Database} is up to date; steps run now: {steps}.");
    }

    private static Task<int> PrepareAsync(IHost host) => host.Services.GetRequiredService<DatabaseStart>().PrepareAsync(CancellationToken.None);
}
