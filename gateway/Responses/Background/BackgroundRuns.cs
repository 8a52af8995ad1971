using GeminiBalance.Gateway.Telemetry;

namespace GeminiBalance.Gateway.Responses;

/// <summary>The responses that this gateway makes while nobody waits: bounded, signed while they last, ended in order when the gateway stops.</summary>
internal sealed partial class BackgroundRuns(BackgroundRows rows, TimeProvider time, ILogger<BackgroundRuns> logger) : BackgroundService
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, BackgroundRun> runs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> entered = new(StringComparer.Ordinal);
    private int count;
    private long bytes;

    /// <summary>Ends when all responses that are being made are done.</summary>
    public Task Completion
    {
        get
        {
            lock (gate)
            {
                return Task.WhenAll(runs.Values.Select(run => run.Completion));
            }
        }
    }

    /// <summary>Takes a place, which <see cref="Leave"/> gives back.</summary>
    /// <returns>False when there is none.</returns>
    public bool TryEnter(string client, long requestBytes)
    {
        lock (gate)
        {
            var own = entered.GetValueOrDefault(client);
            if (count >= BackgroundLimits.RunsMax || own >= BackgroundLimits.RunsPerClientMax || bytes + requestBytes > BackgroundLimits.BytesMax)
            {
                return false;
            }

            count++;
            bytes += requestBytes;
            entered[client] = own + 1;
            return true;
        }
    }

    public void Leave(string client, long requestBytes)
    {
        lock (gate)
        {
            count--;
            bytes -= requestBytes;
            if (--entered[client] == 0)
            {
                entered.Remove(client);
            }
        }
    }

    /// <summary>Makes a response, in a place that was taken for it.</summary>
    public void Start(BackgroundRun run, Func<BackgroundRun, Task> make)
    {
        lock (gate)
        {
            runs.Add(run.Id, run);
            run.Completion = RunAsync(run, make);
        }
    }

    /// <summary>Ends a response that its client does not want any more, if this gateway makes it.</summary>
    public void GiveUp(string client, string id)
    {
        BackgroundRun? run;
        lock (gate)
        {
            run = runs.GetValueOrDefault(id);
        }

        if (run?.Client == client)
        {
            run.GiveUp();
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (var run in Running())
        {
            run.Stop();
        }

        await Completion.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.StopAsync(cancellationToken);
    }

    /// <summary>Says of all responses that are being made that they still are.</summary>
    public async Task SignAsync()
    {
        foreach (var run in Running())
        {
            var now = time.GetUtcNow();
            if (now - run.StartedAt > BackgroundLimits.RunTimeMax)
            {
                run.Stop();
            }

            await run.SignAsync(rows, now);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await Task.Delay(BackgroundLimits.SignInterval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stoppingToken.IsCancellationRequested)
            {
                return;
            }

            await SignAsync();
        }
    }

    private List<BackgroundRun> Running()
    {
        lock (gate)
        {
            return [.. runs.Values];
        }
    }

    private async Task RunAsync(BackgroundRun run, Func<BackgroundRun, Task> make)
    {
        await Task.Yield();
        try
        {
            await make(run);
        }
#pragma warning disable CA1031 // Nobody waits who could be told; the row says that the gateway does not make it any more.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Log.Broken(logger, failure);
        }
        finally
        {
            lock (gate)
            {
                runs.Remove(run.Id);
            }

            Leave(run.Client, run.Bytes);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.BackgroundResponseBroken, LogLevel.Error, "A background response ended by a bug; its client is told in some minutes that it failed. Report it")]
        public static partial void Broken(ILogger logger, Exception failure);
    }
}
