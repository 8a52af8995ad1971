using System.Collections.Concurrent;
using GeminiBalance.Grains;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Cluster.Silos;

/// <summary>The ledgers of the cluster, once there is a connection. Until then asks fail at once.</summary>
/// <remarks>
/// Settlements go one way, and so may be overtaken, and are lost when the connection ends right after them. Where that matters they are sent as asks
/// for nothing, whose answers tell of their arrival.
/// </remarks>
internal sealed class ConnectedLedgers(SiloConnection connection, IGrainFactory grains) : IKeyLedgers
{
    private readonly GrainKeyLedgers ledgers = new(grains);
    private readonly ConcurrentDictionary<KeyId, Delivery> watched = [];
    private readonly Delivery last = new();
    private volatile bool isEnding;
    private volatile int watchedCount;

    public Task<LedgerAnswer> AskAsync(KeyId key, LedgerAsk ask)
    {
        if (!connection.IsConnected)
        {
            return Task.FromException<LedgerAnswer>(new SilosUnavailableException());
        }

        var answer = ledgers.AskAsync(key, ask);
        if (watchedCount > 0 && watched.TryGetValue(key, out var delivery))
        {
            delivery.Add(answer);
        }

        return answer;
    }

    public void Settle(KeyId key, IReadOnlyList<LedgerSettlement> settlements)
    {
        if (!connection.IsConnected || settlements.Count == 0)
        {
            return;
        }

        var delivery = isEnding ? last : watchedCount > 0 ? watched.GetValueOrDefault(key) : null;
        if (delivery is null)
        {
            ledgers.Settle(key, settlements);
        }
        else
        {
            delivery.Add(ledgers.AskAsync(key, new LedgerAsk(settlements[0].Model, KeyLimits.Unlimited, [], IsProbe: false, settlements)));
        }
    }

    /// <summary>Follows what is sent to one key's ledger by <paramref name="send"/>. When two do so for one key, the later one sees it.</summary>
    public Delivery Watch(KeyId key, Action send)
    {
        var delivery = new Delivery();
        watched[key] = delivery;
        Interlocked.Increment(ref watchedCount);
        try
        {
            send();
            return delivery;
        }
        finally
        {
            Interlocked.Decrement(ref watchedCount);
            watched.TryRemove(KeyValuePair.Create(key, delivery));
        }
    }

    /// <summary>From now on the arrival of settlements is followed; <see cref="WaitForEndAsync"/> waits for it.</summary>
    public void BeginEnd() => isEnding = true;

    public Task WaitForEndAsync(CancellationToken cancellationToken) => last.WaitAsync(cancellationToken);
}
