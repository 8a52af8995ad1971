using GeminiBalance.Grains.Telemetry;
using GeminiBalance.KeyPool;
using Microsoft.Extensions.Logging;
using Orleans.Runtime.Placement;

namespace GeminiBalance.Grains.Holding;

/// <summary>
/// Gives a silo that joins its part of the keys. Keys only come to life where they are asked for first, so after a restart of every silo the last one
/// would hold none, and the end of one of the others would hold back all of its keys at once.
/// </summary>
internal sealed partial class Spreading(ISiloStatusOracle silos, HeldKeys keys, HolderPulse pulse, HolderClock clock, HoldingOptions options, TimeProvider time, ILogger<Spreading> logger)
    : ILifecycleParticipant<ISiloLifecycle>, ISiloStatusListener, IDisposable
{
    private readonly CancellationTokenSource stop = new();

    public void Participate(ISiloLifecycle observer) => observer.Subscribe(
        nameof(Spreading),
        ServiceLifecycleStage.Active,
        _ =>
        {
            silos.SubscribeToSiloStatusEvents(this);
            return Task.CompletedTask;
        },
        _ =>
        {
            silos.UnSubscribeFromSiloStatusEvents(this);
            return stop.CancelAsync();
        });

    public void SiloStatusChangeNotification(SiloAddress updatedSilo, SiloStatus status)
    {
        if (status == SiloStatus.Active && !updatedSilo.Equals(silos.SiloAddress))
        {
            _ = SpreadAsync(updatedSilo);
        }
    }

    public void Dispose() => stop.Dispose();

    private async Task SpreadAsync(SiloAddress joined)
    {
        try
        {
            // First the gateways find it, and the directory comes to rest.
            await Task.Delay(options.SpreadsAfter, time, stop.Token);
            await WaitForStoreAsync();
            Spread(joined);
        }
        catch (OperationCanceledException)
        {
            // This silo is on its way out and gives all its keys away.
        }
#pragma warning disable CA1031 // Nobody waits for it: what is not told here is never heard of.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Log.NotSpread(logger, joined, failure);
        }
    }

    private void Spread(SiloAddress joined)
    {
        if (silos.GetApproximateSiloStatus(joined) != SiloStatus.Active)
        {
            return;
        }

        var share = Share(keys.All, silos.GetActiveSilos().Length);
        var hint = new Dictionary<string, object> { [IPlacementDirector.PlacementHintKey] = joined };
        foreach (var key in share)
        {
            key.MoveWith(hint);
        }

        if (share.Count > 0)
        {
            Log.Spread(logger, share.Count, joined);
        }
    }

    /// <summary>A key that moves while the store is away is nobody's until it is back: the store must have answered a question put from now on.</summary>
    private async Task WaitForStoreAsync()
    {
        var since = clock.Read().Now;
        while (pulse.ConfirmedAt < since)
        {
            await Task.Delay(pulse.Options.Interval, time, stop.Token);
        }
    }

    /// <summary>Every n-th of them, n being the silos there are now: each gives as much of what it holds.</summary>
    private static List<HeldKey> Share(IReadOnlyList<HeldKey> held, int silos) =>
        [.. held.OrderBy(key => key.Id).Where((_, index) => index % silos == silos - 1)];

    private static partial class Log
    {
        [LoggerMessage(EventIds.Spread, LogLevel.Information, "Gave {Count} keys to silo {Silo}, which joined")]
        public static partial void Spread(ILogger logger, int count, SiloAddress silo);

        [LoggerMessage(EventIds.NotSpread, LogLevel.Error, "Gave no keys to silo {Silo}, which joined: it gets those that come to life on it")]
        public static partial void NotSpread(ILogger logger, SiloAddress silo, Exception failure);
    }
}
