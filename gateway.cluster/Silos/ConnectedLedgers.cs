using GeminiBalance.Grains;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Cluster.Silos;

/// <summary>The ledgers of the cluster, once there is a connection. Until then asks fail at once.</summary>
internal sealed class ConnectedLedgers(SiloConnection connection, IGrainFactory grains) : IKeyLedgers
{
    private readonly GrainKeyLedgers ledgers = new(grains);

    public Task<LedgerAnswer> AskAsync(KeyId key, LedgerAsk ask) =>
        connection.IsConnected ? ledgers.AskAsync(key, ask) : Task.FromException<LedgerAnswer>(new SilosUnavailableException());

    public void Settle(KeyId key, IReadOnlyList<LedgerSettlement> settlements)
    {
        if (connection.IsConnected)
        {
            ledgers.Settle(key, settlements);
        }
    }
}
