using GeminiBalance.Gateway.Cluster.Silos;
using GeminiBalance.Gateway.Cluster.Telemetry;
using GeminiBalance.Gateway.Hosting;
using GeminiBalance.KeyPool;
using GeminiBalance.Storage.MySql;

namespace GeminiBalance.Gateway.Cluster.Keys;

/// <summary>Settles a probe with the key's ledger, and tells all gateways of a key that the upstream takes: it may have come back.</summary>
internal sealed partial class ProbeSettlement(ClusterKeyPool pool, ConnectedLedgers ledgers, KeyNews news, TimeProvider time, ILogger<ProbeSettlement> logger) : IProbeSettlement
{
    /// <summary>The longest wait for ledger and database.</summary>
    private static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(5);

    public async ValueTask SettleAsync(KeyLease lease, CallOutcome outcome)
    {
        using var bound = new CancellationTokenSource(WaitMax, time);
        await ledgers.Watch(lease.Key.Id, () => pool.Settle(lease, outcome)).WaitAsync(bound.Token);
        if (outcome.Kind != CallOutcomeKind.Succeeded || pool.Find(lease.Key.Id) is not { } key)
        {
            return;
        }

        try
        {
            await news.SpreadStateAsync(key, bound.Token);
        }
        catch (Exception failure) when (failure is MySqlStorageException or OperationCanceledException)
        {
            Log.NotTold(logger, key.Key.Id, failure.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(ClusterEventIds.ReturnNotTold, LogLevel.Warning, "Key {KeyId} is accepted, but the other gateways could not be told; they try it again within minutes. {Reason}")]
        public static partial void NotTold(ILogger logger, KeyId keyId, string reason);
    }
}
