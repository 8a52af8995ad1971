using GeminiBalance.Gateway.Admin;
using GeminiBalance.Gateway.CallLog;
using GeminiBalance.Gateway.Resources;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Storage;
using GeminiBalance.Gateway.Telemetry;
using GeminiBalance.KeyPool;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace GeminiBalance.Gateway.Hosting;

/// <summary>The stand-alone shape: settings from files and environment, keys in this process, everything else in one SQLite file.</summary>
public static partial class Standalone
{
    /// <summary>Adds what the gateway stands on in this shape.</summary>
    /// <exception cref="StartException">The settings are wrong.</exception>
    public static void AddTo(WebApplicationBuilder builder)
    {
        builder.AddGatewaySettings(SettingCatalog.Standalone);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services
            .AddSqliteStorage()
            .AddSingleton<StartSettings>()
            .AddAdminToken()
            .AddAccessTokens()
            .AddLocalKeyPool()
            .AddCallLogWriter()
            .AddResourceRetention()
            .AddAdministration()
            .AddKeyVerification()
            .AddSingleton<IProbeSettlement, PoolProbeSettlement>()
            .AddHostedService<RejectedKeyTimer>()
            .AddStartBanner<StandaloneFacts>();
    }

    /// <summary>Opens the data folder and the database, before anything runs.</summary>
    /// <exception cref="StartException">They cannot be used; the message says why.</exception>
    public static WebApplication OpenStorage(this WebApplication app)
    {
        app.Services.GetRequiredService<StartSettings>();
        app.Services.GetRequiredService<SqliteLedgerStore>();
        app.Services.GetRequiredService<IClientTokens>();
        return app;
    }

    private static IServiceCollection AddAdminToken(this IServiceCollection services) => services
        .AddSingleton(provider => AdminToken.Open(
            provider.GetRequiredService<SqliteDatabase>(), provider.GetRequiredService<StartSettings>().Current.AuthToken))
        .AddSingleton<IAdminToken>(provider => provider.GetRequiredService<AdminToken>());

    private static IServiceCollection AddLocalKeyPool(this IServiceCollection services)
    {
        services
            .AddSingleton(CreatePool)
            .AddSingleton<IKeyPool>(provider => provider.GetRequiredService<LocalKeyPool>())
            .AddSingleton<IKeyDirectory>(provider => provider.GetRequiredService<LocalKeyPool>())
            .AddSingleton<IKeyNames, DirectoryKeyNames>()
            .AddSingleton<KeyPoolHost>()
            .AddSingleton<IConfiguredKeys>(provider => provider.GetRequiredService<KeyPoolHost>())
            .AddHostedService(provider => provider.GetRequiredService<KeyPoolHost>())
            .AddHealthChecks().AddCheck<PoolReadiness>(PoolReadiness.Name, tags: [HealthEndpoints.ReadyTag]);
        return services;
    }

    private static LocalKeyPool CreatePool(IServiceProvider provider)
    {
        var settings = provider.GetRequiredService<StartSettings>().Current;
        var logger = provider.GetRequiredService<ILoggerFactory>().CreateLogger<LocalKeyPool>();
        var options = new LocalKeyPoolOptions
        {
            Ledger = new KeyLedgerOptions { MaxFailures = settings.MaxFailures },
            GrantsWithoutStore = settings.GrantWithoutDatabase,
            StoreFailed = failure => Log.StoreFailed(logger, failure),
        };
        return new LocalKeyPool(provider.GetRequiredService<IKeyLedgerStore>(), provider.GetRequiredService<TimeProvider>(), options, settings.Limits);
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.StoreFailed, LogLevel.Error, "The key ledgers could not be written")]
        public static partial void StoreFailed(ILogger logger, Exception failure);
    }
}
