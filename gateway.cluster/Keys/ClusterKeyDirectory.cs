using GeminiBalance.Gateway.Cluster.Silos;
using GeminiBalance.Grains;
using GeminiBalance.KeyPool;
using GeminiBalance.Storage.MySql;

namespace GeminiBalance.Gateway.Cluster.Keys;

/// <summary>The keys of the cluster for people: rows in the database, state in grains. A change is stored, then seen by this gateway, then told to the others.</summary>
internal sealed class ClusterKeyDirectory(
    KeyRows rows,
    MySqlLedgerReader ledgers,
    KeyNews news,
    ReturnedKeys returned,
    ClusterKeyPool pool,
    IClusterClient client,
    SiloConnection connection,
    TimeProvider time) : IKeyDirectory
{
    private readonly KeyPages pages = new(() => (pool.Keys, pool.Limits), ledgers.ReadAsync, time);

    /// <remarks>Reads what is stored, at most a second old: asking the grains would activate every key there is.</remarks>
    public ValueTask<IReadOnlyList<KeyStatus>> ListAsync(CancellationToken cancellationToken) => Unavailable.GuardAsync(() => pages.ListAsync(cancellationToken));

    /// <inheritdoc cref="ListAsync"/>
    public ValueTask<KeyStatusPage> PageAsync(KeyPageQuery query, CancellationToken cancellationToken) =>
        Unavailable.GuardAsync(() => pages.ReadAsync(query, cancellationToken));

    public ValueTask<KeyStatus?> FindAsync(KeyId id, CancellationToken cancellationToken) => Unavailable.GuardAsync(async () =>
    {
        if (pool.Find(id) is not { } key)
        {
            return null;
        }

        // The silo's clock may differ: what it read just now is just now here.
        var ledger = await ReadAsync(id);
        var shared = ProjectId.Of(key.Profile) is { } project ? await ReadAsync(project) : null;
        var now = time.GetUtcNow();
        return KeyStatuses.Of(key, ledger.Shifted(now), shared?.Shifted(now), pool.Limits, now);
    });

    public ValueTask<IReadOnlyList<KeyId>> AddAsync(IReadOnlyCollection<ApiKey> keys, KeyProfile profile, CancellationToken cancellationToken) => Unavailable.GuardAsync(async () =>
    {
        var added = await rows.AddAsync(keys, profile, cancellationToken);
        if (added.Count > 0)
        {
            await returned.ReviveAsync(added, cancellationToken);
            await news.SpreadAsync(cancellationToken);
            await MoveAsync(added, profile, cancellationToken);
        }

        return added;
    });

    public ValueTask<bool> ChangeProfileAsync(KeyId id, KeyProfileChange change, CancellationToken cancellationToken) => Unavailable.GuardAsync(async () =>
    {
        await news.LookAsync(cancellationToken); // What another gateway has just changed stays.
        if (pool.Find(id) is not { } key)
        {
            return false;
        }

        if (!await rows.ChangeAsync(id, change, cancellationToken))
        {
            return false;
        }

        await news.SpreadAsync(cancellationToken);
        if (pool.Find(id) is { } now && ProjectId.Of(now.Profile) is var project && project != ProjectId.Of(key.Profile))
        {
            await GrainOf(id).MoveAsync(project?.Value, now.Version); // Then who has not heard of it yet gets nothing.
        }

        return true;
    });

    public ValueTask<bool> RemoveAsync(KeyId id, CancellationToken cancellationToken) => Unavailable.GuardAsync(async () =>
    {
        var isKnown = await rows.RemoveAsync(id, cancellationToken);
        if (isKnown)
        {
            await news.SpreadAsync(cancellationToken);
        }

        return isKnown;
    });

    public ValueTask<bool> DisableAsync(KeyId id, string reason, CancellationToken cancellationToken) =>
        ChangeAsync(id, grain => grain.DisableAsync(reason), cancellationToken);

    public ValueTask<bool> EnableAsync(KeyId id, CancellationToken cancellationToken) => ChangeAsync(
        id,
        async grain =>
        {
            await grain.EnableAsync();
            if (pool.Find(id) is { } key && ProjectId.Of(key.Profile) is { } project)
            {
                await GrainOf(project).EnableAsync(); // What is known of its quota is not the key's alone.
            }
        },
        cancellationToken);

    public ValueTask<KeyLease?> LeaseForProbeAsync(KeyId id, string model, CancellationToken cancellationToken) =>
        pool.LeaseForProbeAsync(id, model, cancellationToken);

    private ValueTask<bool> ChangeAsync(KeyId id, Func<IApiKeyGrain, ValueTask> change, CancellationToken cancellationToken) => Unavailable.GuardAsync(async () =>
    {
        if (pool.Find(id) is not { } key)
        {
            return false;
        }

        await change(GrainOf(id));
        pages.Changed();
        await news.SpreadStateAsync(key, cancellationToken);
        return true;
    });

    private async Task<KeyLedgerSnapshot> ReadAsync(KeyId id) => KeyLedgerSnapshot.FromJson(await GrainOf(id).ReadAsync());

    /// <summary>Keys that were used before are in their new project when this returns. Those that were not join it with their first call.</summary>
    private async Task MoveAsync(IReadOnlyList<KeyId> added, KeyProfile profile, CancellationToken cancellationToken)
    {
        foreach (var (id, ledger) in await ledgers.ReadAsync(added, cancellationToken))
        {
            if (pool.Find(id) is { } key && ledger.Project != ProjectId.Of(profile)?.Value)
            {
                await GrainOf(id).MoveAsync(ProjectId.Of(key.Profile)?.Value, key.Version);
            }
        }
    }

    private IApiKeyGrain GrainOf(KeyId id) => connection.IsConnected ? client.GetGrain<IApiKeyGrain>(id.Value) : throw new SilosUnavailableException();
}
