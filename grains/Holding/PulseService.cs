using GeminiBalance.Grains.Telemetry;
using GeminiBalance.KeyPool;
using Microsoft.Extensions.Logging;

namespace GeminiBalance.Grains.Holding;

/// <summary>Asks the store which claims are lost, again and again, from before the silo takes its first key until it has handed over its last.</summary>
internal sealed partial class PulseService(
    IClaimStore store, HoldingOptions options, HolderPulse pulse, HeldKeys keys, SiloClock clock, TimeProvider time, HoldingMeter meter, ILogger<PulseService> logger)
    : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    private static readonly TimeSpan BeatInterval = TimeSpan.FromSeconds(1);
    private readonly CancellationTokenSource stop = new();
    private Task running = Task.CompletedTask;
    private bool wasDegraded;
    private bool wasAble;

    public void Participate(ISiloLifecycle observer) =>
        observer.Subscribe(nameof(PulseService), ServiceLifecycleStage.ApplicationServices, StartAsync, StopAsync);

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        while (!await AskAsync())
        {
            await Task.Delay(options.WriteInterval, time, cancellationToken);
        }

        wasAble = true;
        running = Task.Run(RunAsync, cancellationToken);
    }

    private async Task StopAsync(CancellationToken cancellationToken)
    {
        await stop.CancelAsync();
        await running;
    }

    public void Dispose() => stop.Dispose();

    private async Task RunAsync()
    {
        var question = Task.FromResult(true);
        var askedAt = clock.Now;
        using var beats = new PeriodicTimer(BeatInterval, time);
        try
        {
            while (await beats.WaitForNextTickAsync(stop.Token))
            {
                pulse.Beat(clock.Now);
                if (question.IsCompleted && clock.Now - askedAt >= pulse.Options.Interval - (BeatInterval / 2))
                {
                    askedAt = clock.Now;
                    question = AskAsync();
                }

                Report(clock.Now);
            }
        }
        catch (OperationCanceledException)
        {
            // The silo has stopped.
        }
    }

    private async Task<bool> AskAsync()
    {
        var askedAt = clock.Now;
        try
        {
            using var timeOut = new CancellationTokenSource(pulse.Options.AnswerWithin, time);
            var lost = await store.ListLostAsync(options.Holder, timeOut.Token).AsTask().WaitAsync(timeOut.Token);
            var dropped = 0;
            foreach (var claim in lost)
            {
                if (keys.TryFind(claim.Key, out var key) && key.Holder.Term == claim.Term && !key.IsOver)
                {
                    key.Drop();
                    dropped++;
                }
            }

            pulse.Answered(askedAt, clock.Now);
            if (dropped > 0)
            {
                meter.Lost(dropped);
                Log.ClaimsLost(logger, dropped);
            }

            return true;
        }
#pragma warning disable CA1031 // Whatever the store throws means the same here: it did not answer.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            pulse.Failed(askedAt, clock.Now);
            Log.NoAnswer(logger, failure.Message);
            return false;
        }
    }

    private void Report(DateTimeOffset now)
    {
        var (isDegraded, isAble) = (pulse.IsDegraded(now), pulse.MayGrant(now));
        if (isDegraded && !wasDegraded)
        {
            Log.Degraded(logger, isAble ? "keys stay in use, and what changes is kept until it can be written" : "keys are not given out until it answers");
        }
        else if (wasDegraded && !isDegraded)
        {
            Log.Recovered(logger);
        }
        else if (!isDegraded && isAble != wasAble)
        {
            Log.Standing(logger, isAble ? "may grant again" : "stood still for a while and must hear from the store first");
        }

        (wasDegraded, wasAble) = (isDegraded, isAble);
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.ClaimsLost, LogLevel.Warning, "{Count} claims were taken over by other silos: these keys are no longer granted from here")]
        public static partial void ClaimsLost(ILogger logger, int count);

        [LoggerMessage(EventIds.StoreSilent, LogLevel.Warning, "The database did not say which claims are lost: {Reason}")]
        public static partial void NoAnswer(ILogger logger, string reason);

        [LoggerMessage(EventIds.Degraded, LogLevel.Error, "Degraded: the database cannot be reached; {Consequence}")]
        public static partial void Degraded(ILogger logger, string consequence);

        [LoggerMessage(EventIds.Recovered, LogLevel.Warning, "The database answers again")]
        public static partial void Recovered(ILogger logger);

        [LoggerMessage(EventIds.StoodStill, LogLevel.Warning, "This silo {What}")]
        public static partial void Standing(ILogger logger, string what);
    }
}
