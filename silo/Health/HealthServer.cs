using GeminiBalance.Silo.Settings;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;

namespace GeminiBalance.Silo.Health;

/// <summary>The health endpoints. They answer from before the silo joins until after it has left, which a web host's own server would not.</summary>
internal sealed class HealthServer : IHostedLifecycleService, IDisposable
{
    private readonly KestrelServer server;
    private readonly HealthApplication application;

    public HealthServer(SiloSettings settings, IConfiguration configuration, HealthApplication application, IServiceProvider services, ILoggerFactory loggers)
    {
        this.application = application;
        var options = new KestrelServerOptions { ApplicationServices = services, AddServerHeader = false };
        options.Limits.MaxConcurrentConnections = SiloLimits.HealthConnectionsMax;
        var transport = new SocketTransportFactory(Options.Create(new SocketTransportOptions()), loggers);
        server = new KestrelServer(Options.Create(options), transport, loggers);
        foreach (var address in ListenAddresses(configuration, settings))
        {
            Addresses.Add(address);
        }
    }

    /// <summary>Where it listens; the port is the real one once it does.</summary>
    public string Address => string.Join(", ", Addresses);

    private ICollection<string> Addresses => server.Features.Get<IServerAddressesFeature>()!.Addresses;

    public Task StartingAsync(CancellationToken cancellationToken) => server.StartAsync(application, cancellationToken);

    public Task StoppedAsync(CancellationToken cancellationToken) => server.StopAsync(cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => server.Dispose();

    private static string[] ListenAddresses(IConfiguration configuration, SiloSettings settings)
    {
        if (configuration["ASPNETCORE_URLS"] is { Length: > 0 } addresses)
        {
            return addresses.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        }

        // Kestrel takes no free port for a name, because that would be two ports: one for each version of IP.
        var host = settings is { Host: "localhost", Port: 0 } ? "127.0.0.1" : settings.Host;
        return [$"http://{(host.Contains(':') ? $"[{host}]" : host)}:{settings.Port}"];
    }
}
