using GeminiBalance.Grains.Telemetry;
using GeminiBalance.KeyPool;
using Microsoft.Extensions.Logging;

namespace GeminiBalance.Grains.Holding;

/// <summary>Asks the store which claims are lost, again and again, from before the silo takes its first key until it has handed over its last.</summary>
internal sealed partial class PulseService(
    IClaimStore store,
    HoldingOptions options,
    HolderPulse pulse,
    HolderPeersClient peers,
    HeldKeys keys,
    HolderClock clock,
    TimeProvider time,
    HoldingMeter meter,
    ILogger<PulseService> logger) : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    private static readonly TimeSpan BeatInterval = TimeSpan.FromMilliseconds(500);

    /// <summary>Keys come one by one, as they are asked for; people read about them together.</summary>
    private static readonly TimeSpan TakeOverReports = TimeSpan.FromSeconds(10);
    private readonly CancellationTokenSource stop = new();
    private Task running = Task.CompletedTask;
    private bool wasFailing;
    private long reportedTakeOvers;
    private DateTimeOffset takeOversReportedAt = DateTimeOffset.MinValue;
    private bool wasDegraded;
    private bool wasAble = true;

    // Grains are deactivated after the services of this stage were started and before they are stopped.
    public void Participate(ISiloLifecycle observer) =>
        observer.Subscribe(nameof(PulseService), ServiceLifecycleStage.ApplicationServices, StartAsync, StopAsync);

    public void Dispose() => stop.Dispose();

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        var begunAt = time.GetTimestamp();
        pulse.Beat(clock.Read().Now);
        while (!await AskAsync())
        {
            if (time.GetElapsedTime(begunAt) > options.StartWithin)
            {
                throw new LedgerUnavailableException(
                    $"The database did not answer for {options.StartWithin.TotalSeconds} s, and without it no key can be claimed. Check that it runs and can be reached; then start again.");
            }

            await Task.Delay(BeatInterval, time, cancellationToken);
            pulse.Beat(clock.Read().Now);
        }

        running = Task.Run(RunAsync, CancellationToken.None);
    }

    private async Task StopAsync(CancellationToken cancellationToken)
    {
        await stop.CancelAsync();
        await running;
    }

    private async Task RunAsync()
    {
        Task question = Task.CompletedTask;
        Task words = Task.CompletedTask;
        var askedAt = time.GetTimestamp();
        using var beats = new PeriodicTimer(BeatInterval, time);
        try
        {
            while (await beats.WaitForNextTickAsync(stop.Token))
            {
                pulse.Beat(clock.Read().Now);
                if (question.IsCompleted && (pulse.IsFailing || time.GetElapsedTime(askedAt) >= pulse.Options.Interval - (BeatInterval / 2)))
                {
                    askedAt = time.GetTimestamp();
                    question = AskAsync();
                }

                if (words.IsCompleted && pulse.IsFailing && !pulse.Options.IsStrict)
                {
                    words = HearPeersAsync();
                }

                Report(clock.Read().Now);
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(question, words);
        }
    }

    /// <returns>Whether the store answered.</returns>
    private async Task<bool> AskAsync()
    {
        var asked = clock.Read();
        try
        {
            using var timeOut = new CancellationTokenSource(pulse.Options.AnswerWithin, time);
            var lost = await store.ListLostAsync(options.Holder, timeOut.Token).AsTask().WaitAsync(timeOut.Token);
            var now = clock.Read();
            if (now.Shift != asked.Shift)
            {
                return false; // Asked on a clock that was set since: it is not known how long ago.
            }

            var dropped = keys.Lose(lost);
            pulse.Answered(asked.Now, now.Now);
            if (dropped > 0)
            {
                meter.Lost(dropped);
                Log.ClaimsLost(logger, dropped);
            }

            wasFailing = false;
            return true;
        }
#pragma warning disable CA1031 // Whatever the store throws means the same here: it did not answer.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            pulse.Failed(clock.Read().Now);
            if (!wasFailing)
            {
                wasFailing = true;
                Log.NoAnswer(logger, failure is OperationCanceledException ? $"no answer within {pulse.Options.AnswerWithin.TotalSeconds} s" : failure.Message);
            }

            return false;
        }
    }

    private async Task HearPeersAsync()
    {
        var asked = clock.Read();
        try
        {
            var words = await peers.AskAllAsync(stop.Token);
            var now = clock.Read();
            if (words is not null && now.Shift == asked.Shift)
            {
                pulse.HearPeers(words, asked.Now, now.Now);
            }
        }
#pragma warning disable CA1031 // Then nothing is known of the others.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Log.PeersSilent(logger, failure.Message);
        }
    }

    private void Report(DateTimeOffset now)
    {
        var (isDegraded, isAble) = (pulse.IsDegraded(now), pulse.MayGrant(now) || pulse.IsLeaving);
        meter.Standing(isDegraded, isAble);
        if (isDegraded != wasDegraded || (isDegraded && isAble != wasAble))
        {
            ReportStore(isDegraded, isAble);
        }
        else if (isAble != wasAble)
        {
            Log.Standing(logger, isAble ? "heard from the database and grants again" : "stood still, or its clock was set: it grants nothing until it hears from the database");
        }

        (wasDegraded, wasAble) = (isDegraded, isAble);
        var takenOver = meter.TakeOvers;
        if (takenOver > reportedTakeOvers && now - takeOversReportedAt >= TakeOverReports)
        {
            Log.TookOver(logger, takenOver - reportedTakeOvers);
            (reportedTakeOvers, takeOversReportedAt) = (takenOver, now);
        }
    }

    private void ReportStore(bool isDegraded, bool isAble)
    {
        if (!isDegraded)
        {
            Log.Recovered(logger);
        }
        else if (isAble)
        {
            Log.GoesOn(logger);
        }
        else
        {
            Log.Stops(logger);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.TookOver, LogLevel.Warning, "Took over {Count} claims of silos that had not given them back: these keys pause until what they granted counts no more")]
        public static partial void TookOver(ILogger logger, long count);

        [LoggerMessage(EventIds.ClaimsLost, LogLevel.Warning, "{Count} claims were taken over by other silos: these keys are no longer granted from here")]
        public static partial void ClaimsLost(ILogger logger, int count);

        [LoggerMessage(EventIds.StoreSilent, LogLevel.Warning, "The database does not say which claims are lost; it is asked again until it does: {Reason}")]
        public static partial void NoAnswer(ILogger logger, string reason);

        [LoggerMessage(EventIds.Degraded, LogLevel.Error, "Degraded: no silo reaches the database. Keys held here stay in use, others cannot be claimed; restore the database")]
        public static partial void GoesOn(ILogger logger);

        [LoggerMessage(EventIds.Cut, LogLevel.Error, "Degraded: this silo does not reach the database, and others may. Nothing is granted here; check the way to the database from this machine")]
        public static partial void Stops(ILogger logger);

        [LoggerMessage(EventIds.Recovered, LogLevel.Warning, "The database answers again")]
        public static partial void Recovered(ILogger logger);

        [LoggerMessage(EventIds.StoodStill, LogLevel.Warning, "This silo {What}")]
        public static partial void Standing(ILogger logger, string what);

        [LoggerMessage(EventIds.PeersSilent, LogLevel.Warning, "The other silos could not be asked whether they reach the database: {Reason}")]
        public static partial void PeersSilent(ILogger logger, string reason);
    }
}
