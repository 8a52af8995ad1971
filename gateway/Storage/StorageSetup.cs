using GeminiBalance.Gateway.CallLog;
using GeminiBalance.Gateway.Resources;
using GeminiBalance.Gateway.Responses;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Storage;

/// <summary>Brings the SQLite storage into a host.</summary>
internal static class StorageSetup
{
    public static IServiceCollection AddSqliteStorage(this IServiceCollection services) => services
        .AddSingleton(provider => new DataFolder(Current(provider).DataDirectory))
        .AddSingleton(provider => new SqliteDatabase(provider.GetRequiredService<DataFolder>(), Current(provider).DatabaseFile, SchemaMigrations.Steps))
        .AddSingleton(provider => MasterKey.Open(
            provider.GetRequiredService<DataFolder>(), provider.GetRequiredService<SqliteDatabase>().Meta, Current(provider).EncryptionKey))
        .AddSingleton<SqliteLedgerStore>()
        .AddSingleton<ICallLogStore, SqliteCallLogStore>()
        .AddSingleton<ISettingsStore, SqliteSettingsStore>()
        .AddSingleton<IResourceStore, SqliteResourceStore>()
        .AddSingleton<SqliteReader>()
        .AddResponseStore<SqliteResponseStore>()
        .AddSingleton<ICallLogReader, SqliteCallLogReader>()
        .AddSingleton<ICallStatistics, SqliteCallStatistics>()
        .AddSingleton<IKeyLedgerStore>(provider => provider.GetRequiredService<SqliteLedgerStore>());

    private static GatewaySettings Current(IServiceProvider provider) => provider.GetRequiredService<ISettingsSource>().Current;
}
