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
        Followed = await store.FollowSettingsAsync(settings.Current.ApiKeys, cancellationToken);
        await pool.StartAsync(cancellationToken);
        settings.Changed += Apply;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        settings.Changed -= Apply;
        await pool.StopAsync(cancellationToken);
    }

    public async Task<(int Added, int Removed)> FollowAsync(IReadOnlyList<ApiKey> configured, CancellationToken cancellationToken)
    {
        var ids = configured.Select(key => key.Id).ToHashSet();
        var gone = (await store.ListFromSettingsAsync(cancellationToken)).Where(id => !ids.Contains(id)).ToList();
        foreach (var id in gone)
        {
            await pool.RemoveAsync(id, cancellationToken);
        }

        var added = await pool.AddAsync(configured, cancellationToken);
        await store.MarkFromSettingsAsync(added, cancellationToken);
        return (added.Count, gone.Count);
    }

    private void Apply(GatewaySettings changed) => pool.Limits = changed.Limits;
}
