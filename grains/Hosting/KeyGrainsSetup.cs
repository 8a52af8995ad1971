using System.Diagnostics.Metrics;
using GeminiBalance.Grains.Holding;
using GeminiBalance.Grains.Keys;
using GeminiBalance.Grains.Rechecks;
using GeminiBalance.Grains.Telemetry;
using GeminiBalance.KeyPool;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace GeminiBalance.Grains.Hosting;

/// <summary>Brings the grains into a silo. The host registers an <see cref="IClaimStore"/>, reminders, and grain storage under <see cref="StorageName"/>.</summary>
public static class KeyGrainsSetup
{
    /// <summary>Where grains other than keys keep their state.</summary>
    public const string StorageName = RecheckGrain.Storage;

    /// <param name="silo">The silo.</param>
    /// <param name="holding">How it deals with its store.</param>
    /// <param name="ledger">The rules of ledgers; <see cref="KeyLedgerOptions.Cluster"/> when it is null.</param>
    /// <param name="pulse">How it makes sure that it still holds its claims.</param>
    public static ISiloBuilder AddKeyGrains(this ISiloBuilder silo, HoldingOptions holding, KeyLedgerOptions? ledger = null, HolderPulseOptions? pulse = null)
    {
        silo.Services.TryAddSingleton(TimeProvider.System);
        silo.Services.AddMetrics();
        silo.Services
            .AddSingleton(holding)
            .AddSingleton(ledger ?? KeyLedgerOptions.Cluster)
            .AddSingleton(provider => new HolderPulse(pulse ?? HolderPulseOptions.Default, provider.GetRequiredService<TimeProvider>().GetUtcNow()))
            .AddSingleton<HolderClock>()
            .AddSingleton<HolderPeersClient>()
            .AddSingleton(provider => new HoldingMeter(provider.GetRequiredService<IMeterFactory>(), () => provider.GetRequiredService<HeldKeys>().Count))
            .AddSingleton<GrainCallCounts>()
            .AddSingleton<HeldKeys>()
            .AddSingleton<Arrivals>()
            .AddSingleton<ClaimGate>()
            .AddSingleton<LedgerWriter>()
            .AddSingleton<KeyGrainServices>()
            .AddSingleton<PulseService>()
            .AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(provider => provider.GetRequiredService<PulseService>())
            .AddSingleton<ILifecycleParticipant<ISiloLifecycle>, HandOver>()
            .AddSingleton<ILifecycleParticipant<ISiloLifecycle>, Spreading>();
        return silo.AddGrainService<HolderPeers>().AddIncomingGrainCallFilter<GrainCallFilter>();
    }
}
