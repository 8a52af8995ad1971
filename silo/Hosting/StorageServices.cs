using GeminiBalance.KeyPool;
using GeminiBalance.Silo.Settings;
using GeminiBalance.Storage.MySql;

namespace GeminiBalance.Silo.Hosting;

/// <summary>Registers the database and what is stored there.</summary>
internal static class StorageServices
{
    public static IServiceCollection AddStorage(this IServiceCollection services) => services
        .AddSingleton(provider => new MySqlDatabase(provider.GetRequiredService<SiloSettings>().Database, provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<MySqlSchema>()
        .AddSingleton<DatabaseStart>()
        .AddSingleton<IClaimStore, MySqlClaimStore>();
}
