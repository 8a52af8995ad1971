using Dapper;
using GeminiBalance.KeyPool;
using Microsoft.Extensions.Logging;

namespace GeminiBalance.Storage.MySql;

/// <summary>Reads stored ledgers for people. They are at most as old as their holder's last write; nobody may grant from them.</summary>
public sealed class MySqlLedgerReader(MySqlDatabase database, TimeProvider time, ILogger<MySqlLedgerReader> logger)
{
    /// <returns>The ledgers of those keys that have one.</returns>
    public async Task<IReadOnlyDictionary<KeyId, KeyLedgerSnapshot>> ReadAsync(IReadOnlyCollection<KeyId> keys, CancellationToken cancellationToken)
    {
        var ledgers = new Dictionary<KeyId, KeyLedgerSnapshot>();
        foreach (var batch in Batches.Split(keys.Order(), _ => 0))
        {
            var command = new CommandDefinition(
                "SELECT id, ledger FROM key_ledgers WHERE id IN @ids AND ledger IS NOT NULL", new { ids = batch.Select(key => key.Value) }, cancellationToken: cancellationToken);
            foreach (var (id, ledger) in await database.RunAsync(connection => connection.QueryAsync<(string, byte[])>(command), cancellationToken))
            {
                ledgers[new KeyId(id)] = StoredLedger.Read(new KeyId(id), ledger, time.GetUtcNow(), logger)!;
            }
        }

        return ledgers;
    }
}
