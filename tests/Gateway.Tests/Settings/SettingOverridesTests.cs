using System.Text;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Storage;
using GeminiBalance.Gateway.Tests.Hosts;
using GeminiBalance.Gateway.Tests.Storage;
using GeminiBalance.TestKit;

namespace GeminiBalance.Gateway.Tests.Settings;

public sealed class SettingOverridesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly OpenStorage storage;
    private readonly SqliteSettingsStore store;
    private readonly LogSink logs = new();
    private readonly LoggerFactory loggers;

    public SettingOverridesTests()
    {
        storage = new OpenStorage(folder.Path);
        store = new SqliteSettingsStore(storage.Database, new ManualTimeProvider());
        loggers = new LoggerFactory([logs]);
    }

    public void Dispose()
    {
        loggers.Dispose();
        storage.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task Follow_TwoOverOneStore_SeeEachOthersChanges()
    {
        var (one, oneSource) = Open();
        var (other, otherSource) = Open();
        var told = new List<int>();
        otherSource.Changed += settings => told.Add(settings.MaxRetries);
        await one.LoadAsync(CancellationToken.None);
        await other.LoadAsync(CancellationToken.None);

        await one.WriteAsync(new Dictionary<string, string?> { ["MAX_RETRIES"] = "7", ["ALLOWED_TOKENS"] = "a-token" }, CancellationToken.None);
        await one.LoadAsync(CancellationToken.None);

        Assert.True(await other.FollowAsync(CancellationToken.None));
        Assert.False(await other.FollowAsync(CancellationToken.None));
        Assert.False(await one.FollowAsync(CancellationToken.None));
        Assert.Equal((7, "a-token"), (otherSource.Current.MaxRetries, otherSource.Current.AllowedTokens.Single().Reveal()));
        Assert.Equal([3, 7], told);

        await other.WriteAsync(new Dictionary<string, string?> { ["MAX_RETRIES"] = null }, CancellationToken.None);
        Assert.True(await one.FollowAsync(CancellationToken.None));
        Assert.Equal((3, 1), (oneSource.Current.MaxRetries, oneSource.Current.AllowedTokens.Count));
    }

    [Fact]
    public async Task Load_ValueThatIsWrongOrDamagedOrUnknown_LeavesTheEnvironments()
    {
        var (overrides, source) = Open(("MAX_RETRIES", "4"), ("ALLOWED_TOKENS", "of-the-environment"));
        await store.WriteAsync(
            [
                new StoredSetting("MAX_RETRIES", "many"u8.ToArray(), IsEncrypted: false),
                new StoredSetting("ALLOWED_TOKENS", storage.Box.Close("setting AUTH_TOKEN", "moved"), IsEncrypted: true),
                new StoredSetting("OF_A_LATER_VERSION", "1"u8.ToArray(), IsEncrypted: false),
                new StoredSetting("PORT", "1"u8.ToArray(), IsEncrypted: false),
            ],
            [],
            CancellationToken.None);

        var reading = await overrides.LoadAsync(CancellationToken.None);

        Assert.Equal((4, "of-the-environment", 8000), (source.Current.MaxRetries, source.Current.AllowedTokens.Single().Reveal(), source.Current.Port));
        Assert.Empty(reading.Stored);
        Assert.Equal(["The stored value is left out: MAX_RETRIES = 'many': must be a whole number from 0 to 10."], reading.Notes);
        Assert.Single(logs.Lines, line => line.StartsWith("Error 3005 The stored value of ALLOWED_TOKENS is damaged", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Store_ChangeThatFails_ChangesNothing()
    {
        await store.WriteAsync([new StoredSetting("MAX_RETRIES", "4"u8.ToArray(), IsEncrypted: false)], [], CancellationToken.None);

        await Assert.ThrowsAnyAsync<Exception>(() => store.WriteAsync([new StoredSetting("MAX_RETRIES", null!, IsEncrypted: false)], ["MAX_RETRIES"], CancellationToken.None).AsTask());

        var stored = await store.ReadAsync(CancellationToken.None);
        Assert.Equal((1L, 1L), (stored.Version, await store.ReadVersionAsync(CancellationToken.None)));
        Assert.Equal("4", Encoding.UTF8.GetString(stored.Settings.Single().Value));
    }

    private (SettingOverrides Overrides, SettingsSource Source) Open(params (string Name, string Text)[] environment)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(environment.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Text))).Build();
        var source = new SettingsSource(configuration, SettingCatalog.Standalone, SettingsReader.Read(configuration, SettingCatalog.Standalone));
        return (new SettingOverrides(store, storage.Box, source, loggers.CreateLogger<SettingOverrides>()), source);
    }
}
