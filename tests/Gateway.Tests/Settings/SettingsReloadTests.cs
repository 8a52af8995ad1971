using GeminiBalance.Gateway.Admin;
using GeminiBalance.Gateway.Hosting;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Tests.Storage;
using GeminiBalance.KeyPool;
using Microsoft.Extensions.Logging.Abstractions;

namespace GeminiBalance.Gateway.Tests.Settings;

public sealed class SettingsReloadTests : IDisposable, ISettingsStore, IConfiguredKeys, IAdminToken
{
    private readonly TemporaryFolder folder = new();
    private readonly OpenStorage storage;
    private readonly CancellationTokenSource client = new();
    private readonly List<StoredSetting> stored = [];
    private int followed;

    public SettingsReloadTests() => storage = new OpenStorage(folder.Path);

    [Fact]
    public async Task Change_ClientLeavesOnceItIsStored_IsInForceAndTheKeysFollow()
    {
        var configuration = new ConfigurationBuilder().Build();
        var source = new SettingsSource(configuration, SettingCatalog.Standalone, SettingsReader.Read(configuration, SettingCatalog.Standalone));
        var overrides = new SettingOverrides(this, storage.Box, source, NullLogger<SettingOverrides>.Instance);
        using var reload = new SettingsReload(source, overrides, this, this, NullLogger<SettingsReload>.Instance);

        var changes = new Dictionary<string, string?> { ["MAX_RETRIES"] = "7", ["API_KEYS"] = "[]" };
        var answer = await reload.ChangeAsync(changes, client.Token);

        Assert.True(client.IsCancellationRequested);
        Assert.Contains("MAX_RETRIES", answer.Changed);
        Assert.Equal((7, 1), (source.Current.MaxRetries, followed));
    }

    public void Dispose()
    {
        client.Dispose();
        storage.Dispose();
        folder.Dispose();
    }

    byte[]? IAdminToken.HashFor(Secret? configured) => [1];

    Task<(int Added, int Removed)> IConfiguredKeys.FollowAsync(IReadOnlyList<RosterKey> configured, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        followed++;
        return Task.FromResult((0, 0));
    }

    ValueTask<StoredSettings> ISettingsStore.ReadAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(new StoredSettings(stored.Count, [.. stored]));
    }

    ValueTask<long> ISettingsStore.ReadVersionAsync(CancellationToken cancellationToken) => ValueTask.FromResult<long>(stored.Count);

    /// <summary>The client leaves while its change is written.</summary>
    async ValueTask ISettingsStore.WriteAsync(IReadOnlyCollection<StoredSetting> written, IReadOnlyCollection<string> removed, CancellationToken cancellationToken)
    {
        await client.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
        stored.AddRange(written);
    }
}
