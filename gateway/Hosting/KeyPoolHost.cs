using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Storage;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Hosting;

/// <summary>Runs the pool of this process: from before the server listens until after it has answered its last request.</summary>
internal sealed class KeyPoolHost(LocalKeyPool pool, SqliteLedgerStore store, ISettingsSource settings) : IHostedService, IConfiguredKeys
{
    /// <summary>Keys that <c>API_KEYS</c> brought and took at the start.</summary>
    public (int Added, int Removed) Followed { get; private set; }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var configured = settings.Current.ConfiguredKeys();
        Followed = await store.FollowSettingsAsync(configured, cancellationToken);
        await pool.StartAsync(cancellationToken);
        await MarkAsync(configured, cancellationToken);
        settings.Changed += Apply;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        settings.Changed -= Apply;
        await pool.StopAsync(cancellationToken);
    }

    public async Task<(int Added, int Removed)> FollowAsync(IReadOnlyList<RosterKey> configured, CancellationToken cancellationToken)
    {
        var ids = configured.Select(key => key.Key.Id).ToHashSet();
        var gone = (await store.ListFromSettingsAsync(cancellationToken)).Where(id => !ids.Contains(id)).ToList();
        foreach (var id in gone)
        {
            await pool.RemoveAsync(id, cancellationToken);
        }

        var added = new List<KeyId>();
        foreach (var keys in configured.GroupBy(key => key.Profile, key => key.Key))
        {
            added.AddRange(await pool.AddAsync([.. keys], keys.Key, cancellationToken));
        }

        await store.MarkFromSettingsAsync(added, cancellationToken);
        await MarkAsync(configured, cancellationToken);
        return (added.Count, gone.Count);
    }

    /// <summary>Keys that were there already become what the settings make of them.</summary>
    private async Task MarkAsync(IReadOnlyList<RosterKey> configured, CancellationToken cancellationToken)
    {
        foreach (var (key, profile) in configured.Where(key => key.IsSpecial()))
        {
            if (await pool.FindAsync(key.Id, cancellationToken) is { } known && ConfiguredKeyList.Mark(known.Profile, profile) is { } change)
            {
                await pool.ChangeProfileAsync(key.Id, change, cancellationToken);
            }
        }
    }

    private void Apply(GatewaySettings changed) => pool.Limits = changed.Limits;
}
