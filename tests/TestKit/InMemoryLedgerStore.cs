using GeminiBalance.KeyPool;

namespace GeminiBalance.TestKit;

/// <summary>A ledger store in memory with the semantics of a real one: rows are JSON text, a claim is open until it is closed, and writes can be made to fail.</summary>
public sealed class InMemoryLedgerStore : IKeyLedgerStore
{
    private readonly Lock gate = new();
    private readonly Dictionary<KeyId, Row> rows = [];
    private readonly Dictionary<KeyId, byte[]?> removed = [];
    private readonly Dictionary<KeyId, byte[]> projects = [];
    private DateTimeOffset? openClaimUntil;

    /// <summary>When set, every write throws it.</summary>
    public Exception? Failure { get; set; }

    /// <summary>When set, every save waits for it before it takes effect.</summary>
    public Func<Task>? BeforeSave { get; set; }

    public int Saves { get; private set; }

    public DateTimeOffset? OpenClaimUntil => openClaimUntil;

    /// <summary>Adds keys as an earlier process would have left them.</summary>
    public InMemoryLedgerStore With(params IEnumerable<ApiKey> keys)
    {
        foreach (var key in keys)
        {
            rows[key.Id] = new Row(key, new KeyProfile(), null);
        }

        return this;
    }

    public InMemoryLedgerStore With(ApiKey key, KeyProfile profile)
    {
        rows[key.Id] = new Row(key, profile, null);
        return this;
    }

    /// <summary>A copy of what would be on disk now: what a process finds that starts after this one was killed.</summary>
    public InMemoryLedgerStore Copy()
    {
        lock (gate)
        {
            var copy = new InMemoryLedgerStore { openClaimUntil = openClaimUntil };
            foreach (var (id, row) in rows)
            {
                copy.rows.Add(id, row);
            }

            foreach (var (id, json) in removed)
            {
                copy.removed.Add(id, json);
            }

            foreach (var (id, json) in projects)
            {
                copy.projects.Add(id, json);
            }

            return copy;
        }
    }

    public ValueTask<StoredPool> OpenAsync(DateTimeOffset validUntil, CancellationToken cancellationToken)
    {
        ThrowIfFailing();
        lock (gate)
        {
            var keys = rows.Values.Select(row => new StoredKey(row.Key, row.Profile, row.Json is { } json ? KeyLedgerSnapshot.FromJson(json) : null));
            var found = new StoredPool([.. keys], openClaimUntil) { Projects = [.. projects.Values.Select(json => KeyLedgerSnapshot.FromJson(json))] };
            openClaimUntil = validUntil;
            return new ValueTask<StoredPool>(found);
        }
    }

    public async ValueTask SaveAsync(PoolCheckpoint checkpoint, CancellationToken cancellationToken)
    {
        if (BeforeSave is { } wait)
        {
            await wait();
        }

        ThrowIfFailing();
        Write(checkpoint, checkpoint.ClaimValidUntil);
    }

    public ValueTask CloseAsync(PoolCheckpoint checkpoint, CancellationToken cancellationToken)
    {
        ThrowIfFailing();
        Write(checkpoint, null);
        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<StoredKey>> AddKeysAsync(IReadOnlyCollection<StoredKey> keys, CancellationToken cancellationToken)
    {
        ThrowIfFailing();
        lock (gate)
        {
            var added = new List<StoredKey>();
            foreach (var key in keys)
            {
                var json = key.Ledger?.ToJson() ?? removed.GetValueOrDefault(key.Key.Id);
                rows[key.Key.Id] = new Row(key.Key, key.Profile, json);
                added.Add(key with { Ledger = json is null ? null : KeyLedgerSnapshot.FromJson(json) });
            }

            return ValueTask.FromResult<IReadOnlyList<StoredKey>>(added);
        }
    }

    public ValueTask RemoveKeyAsync(KeyId id, CancellationToken cancellationToken)
    {
        ThrowIfFailing();
        lock (gate)
        {
            if (rows.Remove(id, out var row))
            {
                removed[id] = row.Json;
            }
        }

        return ValueTask.CompletedTask;
    }

    private void Write(PoolCheckpoint checkpoint, DateTimeOffset? claim)
    {
        lock (gate)
        {
            Saves++;
            openClaimUntil = claim;
            foreach (var ledger in checkpoint.Changed)
            {
                var id = new KeyId(ledger.KeyId);
                if (ProjectId.Is(id))
                {
                    projects[id] = ledger.ToJson();
                }
                else if (rows.TryGetValue(id, out var row))
                {
                    rows[id] = row with { Json = ledger.ToJson() };
                }
            }
        }
    }

    private void ThrowIfFailing()
    {
        if (Failure is { } failure)
        {
            throw failure;
        }
    }

    private sealed record Row(ApiKey Key, KeyProfile Profile, byte[]? Json);
}
