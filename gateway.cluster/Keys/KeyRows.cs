using GeminiBalance.Gateway.Cluster.Hosting;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.KeyPool;
using GeminiBalance.Storage.MySql;

namespace GeminiBalance.Gateway.Cluster.Keys;

/// <summary>The keys in the database, with their secrets opened and closed on the way. All methods throw <see cref="MySqlStorageException"/> when it fails.</summary>
internal sealed partial class KeyRows(MySqlKeyRoster rows, ClusterStorage storage, TimeProvider time, ILogger<KeyRows> logger)
{
    /// <summary>What is new after a version; everything when there is none.</summary>
    public async Task<KeyChanges> ReadAsync(long? version, CancellationToken cancellationToken)
    {
        var changes = version is { } known ? await rows.ListChangesAsync(known, cancellationToken) : await rows.ListAsync(cancellationToken);
        var opened = changes.Rows.Where(row => !row.IsRemoved).Select(Open).OfType<RosterKey>().ToList();
        return new KeyChanges(
            changes.Version,
            opened,
            [.. changes.Rows.Where(row => row.IsRemoved).Select(row => row.Id)],
            [.. changes.Rows.Where(row => row is { IsBack: true, IsRemoved: false }).Select(row => row.Id)]);
    }

    /// <returns>The keys that were not there.</returns>
    public Task<IReadOnlyList<KeyId>> AddAsync(IReadOnlyCollection<ApiKey> keys, KeyProfile profile, CancellationToken cancellationToken) =>
        rows.AddAsync(Close(keys.Select(key => new RosterKey(key, profile))), RosterOrigin.Admin, cancellationToken);

    /// <returns>False when there is no such key.</returns>
    public Task<bool> ChangeAsync(KeyId id, KeyProfileChange change, CancellationToken cancellationToken) => rows.ChangeProfileAsync(id, change, cancellationToken);

    /// <returns>False when there is no such key.</returns>
    public async Task<bool> RemoveAsync(KeyId id, CancellationToken cancellationToken) => (await rows.RemoveAsync([id], cancellationToken)).Count > 0;

    /// <inheritdoc cref="MySqlKeyRoster.ListReturnedAsync"/>
    public Task<IReadOnlyCollection<KeyId>> ListReturnedAsync(IReadOnlyCollection<KeyId> keys, CancellationToken cancellationToken) => rows.ListReturnedAsync(keys, cancellationToken);

    /// <inheritdoc cref="MySqlKeyRoster.WelcomeAsync"/>
    public Task WelcomeAsync(IReadOnlyCollection<KeyId> keys, CancellationToken cancellationToken) => rows.WelcomeAsync(keys, cancellationToken);

    /// <summary>Counts a key as changed, so that every gateway asks its ledger anew.</summary>
    public Task TouchAsync(RosterKey key, CancellationToken cancellationToken) => rows.TouchAsync(key.Key.Id, cancellationToken);

    /// <summary>Follows the keys of the settings. Without any, nothing changes: the gateway would take out what another, which has the setting, brought in.</summary>
    public async Task<(int Added, int Removed)> FollowAsync(IReadOnlyCollection<RosterKey> configured, CancellationToken cancellationToken)
    {
        if (configured.Count == 0)
        {
            return (0, 0);
        }

        var changed = await rows.FollowSettingsAsync(Close(configured), cancellationToken);
        if (configured.Any(key => key.IsSpecial()))
        {
            await MarkAsync(configured.Where(key => key.IsSpecial()).ToDictionary(key => key.Key.Id, key => key.Profile), cancellationToken);
        }

        return changed;
    }

    /// <summary>Deletes what nobody needs any more of keys removed long ago.</summary>
    public Task ForgetRemovedAsync(CancellationToken cancellationToken) => rows.ForgetRemovedAsync(cancellationToken);

    /// <summary>Keys that were there already become what the settings make of them.</summary>
    private async Task MarkAsync(Dictionary<KeyId, KeyProfile> configured, CancellationToken cancellationToken)
    {
        foreach (var row in (await rows.ListAsync(cancellationToken)).Rows)
        {
            if (configured.TryGetValue(row.Id, out var profile) && ConfiguredKeyList.Mark(row.Profile, profile) is { } change)
            {
                await rows.ChangeProfileAsync(row.Id, change, cancellationToken);
            }
        }
    }

    private List<RosterEntry> Close(IEnumerable<RosterKey> keys)
    {
        var now = time.GetUtcNow();
        return [.. keys.DistinctBy(key => key.Key.Id)
            .Select(key => new RosterEntry(key.Key.Id, storage.Box.Close(key.Key.Id.Value, key.Key.Reveal()), key.Profile with { AddedAt = now }))];
    }

    /// <returns>Null when the row cannot be decrypted: that key is left out, and the others serve.</returns>
    private RosterKey? Open(RosterRow row)
    {
        if (storage.Box.TryOpen(row.Id.Value, row.Secret) is { } secret)
        {
            return new RosterKey(new ApiKey(secret), row.Profile) { Version = row.Version };
        }

        Log.KeyDamaged(logger, row.Id);
        return null;
    }
}
