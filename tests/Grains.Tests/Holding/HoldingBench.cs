using System.Diagnostics.Metrics;
using GeminiBalance.Grains.Holding;
using GeminiBalance.Grains.Keys;
using GeminiBalance.Grains.Telemetry;
using GeminiBalance.Grains.Tests.Clusters;
using GeminiBalance.KeyPool;
using GeminiBalance.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace GeminiBalance.Grains.Tests.Holding;

/// <summary>What holds keys in a silo, without the silo. Nothing is written of itself unless it is urgent: the interval is an hour.</summary>
internal sealed class HoldingBench
{
    public const string Holder = "bench";
    private static readonly TimeSpan Trusted = TimeSpan.FromMinutes(30);

    public HoldingBench(TimeProvider? clock = null, TimeSpan? writeInterval = null)
    {
        clock ??= TimeProvider.System;
        var options = new HoldingOptions { Holder = Holder, WriteInterval = writeInterval ?? TimeSpan.FromHours(1), KeysMax = 3 };
        Store = new InMemoryClaimStore(clock);
        Pulse = new HolderPulse(HolderPulseOptions.Default with { TrustedFor = Trusted, BeatWithin = TimeSpan.FromDays(2) }, clock.GetUtcNow() - TimeSpan.FromDays(1));
        Pulse.Answered(clock.GetUtcNow(), clock.GetUtcNow());
        Clock = new HolderClock(clock, Pulse);
        Meter = new HoldingMeter(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>(), () => 0);
        var writer = new LedgerWriter(Store, options, Pulse, Clock, TimeProvider.System, Meter, NullLogger<LedgerWriter>.Instance);
        var claims = new ClaimGate(Store, options, Pulse, Clock, Meter, TimeProvider.System);
        Services = new KeyGrainServices(claims, writer, new HeldKeys(), new Arrivals(), Pulse, Clock, KeyLedgerOptions.Default, options, Meter, TimeProvider.System, NullLogger<ApiKeyGrain>.Instance);
    }

    public InMemoryClaimStore Store { get; }

    public HolderPulse Pulse { get; }

    public HolderClock Clock { get; }

    public HoldingMeter Meter { get; }

    public KeyGrainServices Services { get; }

    /// <summary>A key that is claimed and held; without a grain, so that it must not be dropped.</summary>
    public async Task<HeldKey> HoldAsync(int number)
    {
        var claimed = (await Store.ClaimAsync(Holder, [Asks.Key(number)], CancellationToken.None))[0];
        var now = Clock.Read();
        return new HeldKey(claimed.Key, null!, new LedgerHolder(claimed, KeyLedgerOptions.Default, Pulse, now.Now), now.Shift, Services);
    }

    public static LedgerAsk Ask(KeyLimits limits) => new(Asks.Model, limits, [1], false, []);

    /// <summary>The store has been out of reach for all, for longer than it is trusted.</summary>
    public void Degrade()
    {
        var now = Clock.Read().Now;
        Pulse.ClockWasSet(now - (2 * Trusted));
        Pulse.Answered(now - (2 * Trusted), now - (2 * Trusted));
        Pulse.Failed(now);
        Pulse.HearPeers([], now, now);
    }

    public void Recover() => Pulse.Answered(Clock.Read().Now, Clock.Read().Now);

    public int Used(int number) => KeyLedgerSnapshot.FromJson(Store.Find(Asks.Key(number))!.Json).Models?[0].Used ?? 0;
}
