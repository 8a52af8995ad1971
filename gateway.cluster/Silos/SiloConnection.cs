using GeminiBalance.Gateway.Cluster.Telemetry;

namespace GeminiBalance.Gateway.Cluster.Silos;

/// <summary>
/// Starts and stops the Orleans client. It connects in the background, so that the server listens, and says that it is not ready, before a silo is
/// there; once connected, the client finds silos that come back by itself.
/// </summary>
internal sealed partial class SiloConnection(IClusterClient client, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<SiloConnection> logger)
    : IHostedService, IDisposable
{
    /// <summary>How long the client may take to say goodbye.</summary>
    private static readonly TimeSpan StopMax = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource stopping = new();
    private readonly TaskCompletionSource connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task connecting = Task.CompletedTask;

    /// <summary>Whether grains can be called: before, a call would fail inside Orleans.</summary>
    public bool IsConnected => connected.Task.IsCompletedSuccessfully;

    public Task WaitAsync(CancellationToken cancellationToken) => connected.Task.WaitAsync(cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        connecting = ConnectAsync();
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await stopping.CancelAsync();
        await connecting;
        if (IsConnected)
        {
            using var bound = new CancellationTokenSource(StopMax, time);
            try
            {
                await ((IHostedService)client).StopAsync(bound.Token);
            }
            catch (OperationCanceledException) when (bound.IsCancellationRequested)
            {
                // The silos are gone, or slow: they notice by themselves.
            }
        }
    }

    public void Dispose() => stopping.Dispose();

    private async Task ConnectAsync()
    {
        try
        {
            await ((IHostedService)client).StartAsync(stopping.Token);
            connected.TrySetResult();
        }
#pragma warning disable CA1031 // It runs in the background: what is not handled here would be lost.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            connected.TrySetCanceled(CancellationToken.None);
            if (!stopping.IsCancellationRequested)
            {
                Log.ClientFailed(logger, failure);
                lifetime.StopApplication();
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(ClusterEventIds.ClientFailed, LogLevel.Critical, "The client of the silos could not start; the gateway stops")]
        public static partial void ClientFailed(ILogger logger, Exception failure);
    }
}
