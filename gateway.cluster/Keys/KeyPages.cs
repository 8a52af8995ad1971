using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Cluster.Keys;

/// <summary>
/// Lists keys page by page, from the ledgers of the page. What takes the states of all keys is read whole only from small pools; of large ones a
/// summary is kept, read by one reader at a time: a filter waits for one that is recent, counts are those of the last one.
/// </summary>
/// <param name="pool">The keys, and the limits in force.</param>
/// <param name="readLedgers">Reads what is stored of some keys.</param>
/// <param name="time">The clock.</param>
internal sealed class KeyPages(
    Func<(IReadOnlyList<RosterKey> Keys, KeyLimitTable Limits)> pool,
    Func<IReadOnlyCollection<KeyId>, CancellationToken, Task<IReadOnlyDictionary<KeyId, KeyLedgerSnapshot>>> readLedgers,
    TimeProvider time)
{
    /// <summary>A pool of at most so many keys is read whole for each page.</summary>
    public const int ReadWholeMax = 1_000;

    /// <summary>Keys whose ledgers are in memory at a time while a summary is made.</summary>
    private const int SummedAtOnce = 5_000;

    /// <summary>How old a summary may be for a filter, and before another is made for the counts.</summary>
    public static readonly TimeSpan RecentMax = TimeSpan.FromSeconds(10);

    /// <summary>How old counts may be to be shown.</summary>
    public static readonly TimeSpan ShownMax = TimeSpan.FromMinutes(2);

    private readonly Lock gate = new();
    private KeyStateSummary? last;
    private Task<KeyStateSummary>? reading;
    private int changes;

    private bool IsRecent => last is not null && last.Changes == changes && time.GetElapsedTime(last.ReadAt) < RecentMax;

    /// <summary>All keys with their state.</summary>
    public async Task<IReadOnlyList<KeyStatus>> ListAsync(CancellationToken cancellationToken)
    {
        var (keys, limits) = pool();
        return await ReadAsync(keys, limits, cancellationToken);
    }

    public async Task<KeyStatusPage> ReadAsync(KeyPageQuery query, CancellationToken cancellationToken)
    {
        var (keys, limits) = pool();
        if (keys.Count <= ReadWholeMax)
        {
            return KeyStatusPage.Of(await ReadAsync(keys, limits, cancellationToken), query);
        }

        var summary = query.IsWanted is null ? Shown() : await RecentAsync(cancellationToken);
        var found = keys.Where(key => query.Matches(key.Key.Id, key.Key.Masked, key.Profile)
            && query.IsWanted?.Invoke(summary!.States.GetValueOrDefault(key.Key.Id, KeyState.Active)) != false).ToList();
        var shown = found.OrderBy(key => key.Profile.AddedAt).ThenBy(key => key.Key.Id).Skip(query.Skip).Take(query.Take).ToList();
        return new KeyStatusPage(await ReadAsync(shown, limits, cancellationToken), found.Count, summary?.Counts);
    }

    /// <summary>Somebody has just changed a key's state here: who filters wants to see that.</summary>
    public void Changed()
    {
        lock (gate)
        {
            changes++;
            reading = null;
        }
    }

    private async Task<List<KeyStatus>> ReadAsync(IReadOnlyList<RosterKey> keys, KeyLimitTable limits, CancellationToken cancellationToken)
    {
        var stored = await readLedgers(
            [.. keys.Select(key => key.Key.Id), .. keys.Select(key => ProjectId.Of(key.Profile)).OfType<KeyId>().Distinct()], cancellationToken);
        var now = time.GetUtcNow();
        return [.. keys.Select(key => KeyStatuses.Of(
            key, stored.GetValueOrDefault(key.Key.Id), ProjectId.Of(key.Profile) is { } project ? stored.GetValueOrDefault(project) : null, limits, now))];
    }

    /// <returns>Null when there is none that is not too old; one is then on its way.</returns>
    private KeyStateSummary? Shown()
    {
        lock (gate)
        {
            if (IsRecent)
            {
                return last;
            }

            // A failure shows where somebody waits for it.
            _ = Begin().ContinueWith(task => task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            return last is not null && time.GetElapsedTime(last.ReadAt) < ShownMax ? last : null;
        }
    }

    private async Task<KeyStateSummary> RecentAsync(CancellationToken cancellationToken)
    {
        Task<KeyStateSummary> begun;
        lock (gate)
        {
            if (IsRecent)
            {
                return last!;
            }

            begun = Begin();
        }

        return await begun.WaitAsync(cancellationToken);
    }

    private Task<KeyStateSummary> Begin() => reading is { IsCompleted: false } ? reading : reading = SumAsync(changes);

    // Nobody's cancellation ends it: others may wait for it too.
    private async Task<KeyStateSummary> SumAsync(int change)
    {
        await Task.Yield();
        var at = time.GetTimestamp();
        var (keys, limits) = pool();
        var states = new Dictionary<KeyId, KeyState>(keys.Count);
        foreach (var some in keys.OrderBy(key => key.Key.Id).Chunk(SummedAtOnce))
        {
            foreach (var key in await ReadAsync(some, limits, CancellationToken.None))
            {
                states[key.Id] = key.State;
            }
        }

        var summary = new KeyStateSummary(states, states.Values.CountBy(state => state).ToDictionary(), at, change);
        lock (gate)
        {
            last = last is null || last.Changes <= change ? summary : last;
        }

        return summary;
    }
}
