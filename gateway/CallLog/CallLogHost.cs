namespace GeminiBalance.Gateway.CallLog;

/// <summary>Writes the log every second while the process runs, and once more at its end, after the last request.</summary>
internal sealed class CallLogHost(CallLogWriter writer, TimeProvider time) : BackgroundService
{
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);

        // A bound of its own: when open requests have used up the time to stop, their rows still count.
        using var bound = new CancellationTokenSource(Limits.CallLogStopTimeOut, time);
        try
        {
            if (ExecuteTask is null or { IsCompleted: true })
            {
                await writer.FlushAsync(bound.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // What is lost is told below.
        }

        writer.Abandon();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            var wait = Limits.CallLogInterval;
            while (true)
            {
                await Task.Delay(wait, time, stoppingToken);
                wait = await writer.FlushAsync(stoppingToken) ? Limits.CallLogInterval : Limits.CallLogRetryInterval;
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Nothing may come out of here: when the start fails elsewhere, the host takes it for a crash of this service.
        }
    }
}
