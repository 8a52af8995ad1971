using GeminiBalance.Gateway.Settings;

namespace GeminiBalance.Gateway.Egress;

/// <summary>Tries proxies that have rested: a connection to the upstream through them, and nothing sent.</summary>
internal sealed class ProxyProbe(EgressRoutes routes, ISettingsSource settings, TimeProvider time) : BackgroundService
{
    /// <summary>Tries all that are due, once.</summary>
    public Task ProbeAsync(CancellationToken cancellationToken)
    {
        var target = settings.Current.BaseUrl;
        return Task.WhenAll(routes.Routes.Where(route => route.Health.TakeProbe(time.GetUtcNow())).Select(async route =>
        {
            try
            {
                await (await route.ConnectAsync(target.DnsSafeHost, target.Port, isTrusted: true, cancellationToken)).DisposeAsync();
            }
            catch (EgressException)
            {
                // The route has taken note.
            }
        }));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Limits.ProxyProbeInterval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await ProbeAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process ends.
        }
    }
}
