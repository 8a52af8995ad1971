using GeminiBalance.Gateway.Cluster.Hosting;
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
        return new KeyChanges(changes.Version, opened, [.. changes.Rows.Where(row => row.IsRemoved).Select(row => row.Id)]);
    }

    /// <returns>The keys that were not there.</returns>
    public Task<IReadOnlyList<KeyId>> AddAsync(IReadOnlyCollection<ApiKey> keys, CancellationToken cancellationToken) =>
        rows.AddAsync(Close(keys), RosterOrigin.Admin, cancellationToken);

    /// <returns>False when there is no such key.</returns>
    public async Task<bool> RemoveAsync(KeyId id, CancellationToken cancellationToken) => (await rows.RemoveAsync([id], cancellationToken)).Count > 0;

    /// <summary>Counts a key as changed, so that every gateway asks its ledger anew.</summary>
    public Task TouchAsync(RosterKey key, CancellationToken cancellationToken) => rows.ChangeProfileAsync(key.Key.Id, key.Profile, cancellationToken);

    /// <summary>Follows <c>API_KEYS</c>. Without any, nothing changes: the gateway would take out what another, which has the setting, brought in.</summary>
    public async Task<(int Added, int Removed)> FollowAsync(IReadOnlyCollection<ApiKey> configured, CancellationToken cancellationToken) =>
        configured.Count == 0 ? (0, 0) : await rows.FollowSettingsAsync(Close(configured), cancellationToken);

    /// <summary>Deletes what nobody needs any more of keys removed long ago.</summary>
    public Task ForgetRemovedAsync(CancellationToken cancellationToken) => rows.ForgetRemovedAsync(cancellationToken);

    private List<RosterEntry> Close(IReadOnlyCollection<ApiKey> keys)
    {
        var profile = new KeyProfile { AddedAt = time.GetUtcNow() };
        return [.. keys.DistinctBy(key => key.Id).Select(key => new RosterEntry(key.Id, storage.Box.Close(key.Id.Value, key.Reveal()), profile))];
    }

    /// <returns>Null when the row cannot be decrypted: that key is left out, and the others serve.</returns>
    private RosterKey? Open(RosterRow row)
    {
        if (storage.Box.TryOpen(row.Id.Value, row.Secret) is { } secret)
        {
            return new RosterKey(new ApiKey(secret), row.Profile);
        }

        Log.KeyDamaged(logger, row.Id);
        return null;
    }
}
