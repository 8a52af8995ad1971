using System.Collections.Concurrent;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.KeyPool;
using GeminiBalance.Storage.MySql;

namespace GeminiBalance.Gateway.Cluster.Keys;

/// <summary>Keeps the pool's keys in line with those in the database: all of them before the server listens, then what is new.</summary>
internal sealed partial class RosterFollower(
    KeyRows rows, ClusterKeyPool pool, ISettingsSource settings, TimeProvider time, ILogger<RosterFollower> logger) : BackgroundService
{
    /// <summary>How often to look without being told.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly SemaphoreSlim told = new(0, 1);
    private readonly ConcurrentDictionary<KeyId, bool> back = new();
    private long? version;
    private volatile bool isLoaded;
    private volatile bool isStale;

    /// <summary>Whether all keys have been read once.</summary>
    public bool IsLoaded => isLoaded;

    /// <summary>Whether the last look failed.</summary>
    public bool IsStale => isStale;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await rows.FollowAsync(settings.Current.ConfiguredKeys(), cancellationToken);
            var started = time.GetTimestamp();
            await LookAsync(cancellationToken);
            isLoaded = true;
            Log.Loaded(logger, pool.Health.KeyCount, (long)time.GetElapsedTime(started).TotalMilliseconds);
        }
        catch (MySqlStorageException failure)
        {
            throw new StartException(failure.Message);
        }

        await base.StartAsync(cancellationToken);
    }

    /// <summary>Keys that were seen to be back, each told once.</summary>
    public IReadOnlyList<KeyId> TakeBack() => back.IsEmpty ? [] : [.. back.Keys.Where(id => back.TryRemove(id, out _))];

    /// <summary>Has the database looked at soon. Returns at once.</summary>
    public void Tell()
    {
        lock (told)
        {
            if (told.CurrentCount == 0)
            {
                told.Release();
            }
        }
    }

    /// <summary>Takes over what is new in the database. When this returns, the pool has it.</summary>
    /// <exception cref="MySqlStorageException">The database cannot be read.</exception>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            var changes = await rows.ReadAsync(version, cancellationToken);
            pool.ApplyKeys(changes.Changed, changes.Removed);
            version = changes.Version;
            foreach (var id in changes.Back)
            {
                back[id] = true;
            }

            if (isLoaded && changes.Changed.Count + changes.Removed.Count > 0)
            {
                Log.Changed(logger, changes.Changed.Count, changes.Removed.Count, pool.Health.KeyCount);
            }
        }
        finally
        {
            turn.Release();
        }
    }

    public override void Dispose()
    {
        turn.Dispose();
        told.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            using var pause = new CancellationTokenSource(LookEvery, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, pause.Token);
            await told.WaitAsync(either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!stoppingToken.IsCancellationRequested)
            {
                await TryLookAsync(stoppingToken);
            }
        }
    }

    private async Task TryLookAsync(CancellationToken cancellationToken)
    {
        try
        {
            await LookAsync(cancellationToken);
            if (isStale)
            {
                isStale = false;
                Log.ReadableAgain(logger);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The process ends.
        }
#pragma warning disable CA1031 // The keys known so far stay; the next look may go well.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            if (!isStale)
            {
                isStale = true;
                Log.Unreadable(logger, failure.Message);
            }
        }
    }
}
