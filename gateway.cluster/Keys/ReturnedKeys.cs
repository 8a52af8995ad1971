using GeminiBalance.Gateway.Cluster.Silos;
using GeminiBalance.Gateway.Cluster.Telemetry;
using GeminiBalance.Grains;
using GeminiBalance.KeyPool;
using GeminiBalance.Storage.MySql;

namespace GeminiBalance.Gateway.Cluster.Keys;

/// <summary>
/// A key that left the pool and is added anew, by whomever, is in use, whatever it was when it left; what it has spent stays spent. Its ledger is told as soon
/// as a silo can be reached, by any gateway that sees its row: an import, and a gateway's start, come before that.
/// </summary>
internal sealed partial class ReturnedKeys(
    KeyRows rows, MySqlLedgerReader ledgers, RosterFollower roster, IClusterClient client, SiloConnection connection, TimeProvider time, ILogger<ReturnedKeys> logger) : BackgroundService
{
    /// <summary>Ledgers told at a time.</summary>
    private const int AtOnceMax = 16;

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    /// <summary>The pause after a key could not be told.</summary>
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(10);

    /// <summary>Tells the ledgers of those of these keys that are back.</summary>
    /// <returns>Those that could not be told.</returns>
    /// <exception cref="MySqlStorageException">The database failed.</exception>
    public async Task<IReadOnlyCollection<KeyId>> ReviveAsync(IReadOnlyCollection<KeyId> keys, CancellationToken cancellationToken)
    {
        // Another gateway may have been first, and the key rejected since.
        var back = await rows.ListReturnedAsync(keys, cancellationToken);
        if (back.Count == 0)
        {
            return [];
        }

        var failed = new List<KeyId>();
        var stored = await ledgers.ReadAsync(back, cancellationToken);
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnceMax, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(stored.Where(ledger => ledger.Value.State > KeyState.Active).Select(ledger => ledger.Key), options, async (id, _) =>
        {
            try
            {
                await GrainOf(id).EnableAsync();
            }
            catch (Exception failure) when (Unavailable.Explain(failure) is { } reason)
            {
                Log.NotRevived(logger, id, reason);
                lock (failed)
                {
                    failed.Add(id);
                }
            }
        });
        await rows.WelcomeAsync([.. back.Except(failed)], cancellationToken);
        return failed;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pending = new HashSet<KeyId>();
        await connection.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (!stoppingToken.IsCancellationRequested)
        {
            pending.UnionWith(roster.TakeBack());
            await TryReviveAsync(pending, stoppingToken);
            await Task.Delay(pending.Count > 0 ? PauseAfterFailure : LookEvery, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task TryReviveAsync(HashSet<KeyId> pending, CancellationToken cancellationToken)
    {
        if (pending.Count == 0)
        {
            return;
        }

        try
        {
            pending.IntersectWith(await ReviveAsync([.. pending], cancellationToken));
            roster.Tell();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The process ends. The rows still say it.
        }
        catch (MySqlStorageException)
        {
            // Whoever reads the rows says so; they are tried again.
        }
    }

    private IApiKeyGrain GrainOf(KeyId id) => connection.IsConnected ? client.GetGrain<IApiKeyGrain>(id.Value) : throw new SilosUnavailableException();

    private static partial class Log
    {
        [LoggerMessage(ClusterEventIds.KeyNotRevived, LogLevel.Warning, "Key {KeyId} was added again, but is still out of use as it was before; it is tried again. {Reason}")]
        public static partial void NotRevived(ILogger logger, KeyId keyId, string reason);
    }
}
