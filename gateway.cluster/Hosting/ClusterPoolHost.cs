using GeminiBalance.Gateway.Cluster.Silos;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Cluster.Hosting;

/// <summary>Keeps the pool's limits in line with the settings, and ends the pool after the server has answered its last request.</summary>
internal sealed class ClusterPoolHost(ClusterKeyPool pool, ConnectedLedgers ledgers, ISettingsSource settings, TimeProvider time) : IHostedService
{
    /// <summary>How long the last settlements may take.</summary>
    private static readonly TimeSpan FlushMax = TimeSpan.FromSeconds(5);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        Apply(settings.Current);
        settings.Changed += Apply;
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        settings.Changed -= Apply;

        // A bound of its own: when open requests have used up the time to stop, their settlements still count.
        using var bound = new CancellationTokenSource(FlushMax, time);
        ledgers.BeginEnd();
        await pool.StopAsync(bound.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await ledgers.WaitForEndAsync(bound.Token);
    }

    private void Apply(GatewaySettings current) => pool.Limits = current.Limits;
}
