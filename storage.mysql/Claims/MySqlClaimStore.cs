using Dapper;
using GeminiBalance.KeyPool;
using Microsoft.Extensions.Logging;
using MySqlConnector;

namespace GeminiBalance.Storage.MySql;

/// <summary>
/// Claims and ledgers in the table <c>key_ledgers</c>. Long lists go in several transactions, each in the order of the ids, so that two callers wait for
/// each other and never for each other's second row. The primary key is forced: a server that scans the table instead locks the rows of others.
/// </summary>
/// <remarks>When a call fails, the first of its transactions may have been carried out.</remarks>
public sealed partial class MySqlClaimStore(MySqlDatabase database, TimeProvider time, ILogger<MySqlClaimStore> logger) : IClaimStore
{
    /// <summary>The longest wait for the list of lost claims: the process must soon know whether it may go on granting.</summary>
    private static readonly TimeSpan LostAnswerMax = TimeSpan.FromSeconds(3);

    /// <summary>How long a holder can hear that it lost a claim. A process that stood still for longer was given up by the cluster long before.</summary>
    private static readonly TimeSpan TakeoversKept = TimeSpan.FromHours(1);

    /// <summary>Old takeovers deleted at once, in rows.</summary>
    private const int TakeoversDeletedMax = 10_000;

    public async ValueTask<IReadOnlyList<ClaimedLedger>> ClaimAsync(string holder, IReadOnlyList<KeyId> keys, CancellationToken cancellationToken)
    {
        var claimed = await ClaimAsync(holder, keys, takesOver: true, cancellationToken);
        if (claimed.Any(ledger => ledger.WasOpen))
        {
            await ForgetOldTakeoversAsync(cancellationToken);
        }

        return claimed;
    }

    public async ValueTask<IReadOnlyList<ClaimedLedger>> ClaimFreeAsync(string holder, IReadOnlyList<KeyId> keys, CancellationToken cancellationToken) =>
        await ClaimAsync(holder, keys, takesOver: false, cancellationToken);

    public ValueTask<IReadOnlyList<KeyId>> SaveAsync(string holder, IReadOnlyList<HeldLedger> changed, CancellationToken cancellationToken) => WriteAsync(
        holder, changed, "ledger = VALUES(ledger), saved_at = UTC_TIMESTAMP(6)", cancellationToken);

    public ValueTask<IReadOnlyList<KeyId>> CloseAsync(string holder, IReadOnlyList<HeldLedger> ledgers, CancellationToken cancellationToken) => WriteAsync(
        holder, ledgers, "ledger = VALUES(ledger), saved_at = UTC_TIMESTAMP(6), holder = NULL, closed_at = UTC_TIMESTAMP(6), closed_on = @@hostname", cancellationToken);

    /// <exception cref="MySqlStorageException">The database failed, or did not answer within 3 s.</exception>
    public async ValueTask<IReadOnlyList<LostClaim>> ListLostAsync(string holder, CancellationToken cancellationToken)
    {
        var command = new CommandDefinition(
            """
            INSERT INTO claim_holders (holder, asked_at, asked_on) VALUES (@holder, UTC_TIMESTAMP(6), @@hostname)
                ON DUPLICATE KEY UPDATE asked_at = VALUES(asked_at), asked_on = VALUES(asked_on);
            SELECT id, term FROM claim_takeovers WHERE holder = @holder
            """,
            new { holder },
            cancellationToken: cancellationToken);
        try
        {
            var rows = await database.RunAsync(connection => connection.QueryAsync<(string Id, long Term)>(command), cancellationToken).WaitAsync(LostAnswerMax, time, cancellationToken);
            return [.. rows.Select(row => new LostClaim(new KeyId(row.Id), row.Term))];
        }
        catch (TimeoutException late)
        {
            throw new MySqlStorageException(MySqlFailure.Unreachable, $"The database {database.Address} does not answer in time. See that it runs and is not overloaded.", late);
        }
    }

    private async Task<IReadOnlyList<ClaimedLedger>> ClaimAsync(string holder, IReadOnlyList<KeyId> keys, bool takesOver, CancellationToken cancellationToken)
    {
        var claimed = new Dictionary<KeyId, ClaimedLedger>();
        foreach (var batch in Batches.Split(keys.Order(), _ => 0))
        {
            var ids = batch.Select(key => key.Value).ToList();
            var taken = await database.InTransactionAsync(connection => TakeAsync(connection, holder, ids, takesOver, cancellationToken), cancellationToken);
            foreach (var id in taken.Fresh.Select(id => new KeyId(id)))
            {
                claimed[id] = new ClaimedLedger(id, 1, null, WasOpen: false, TimeSpan.Zero);
            }

            foreach (var row in taken.Rows)
            {
                var key = new KeyId(row.Id);
                var ledger = StoredLedger.Read(key, row.Ledger, time.GetUtcNow(), logger);
                claimed[key] = new ClaimedLedger(key, row.Term + 1, ledger, row.Holder is not null, row.SinceClosed) { SinceHeard = taken.SinceHeard(row) };
            }
        }

        return [.. keys.Where(claimed.ContainsKey).Select(key => claimed[key])];
    }

    private static async Task<TakenClaims> TakeAsync(MySqlConnection connection, string holder, List<string> ids, bool takesOver, CancellationToken cancellationToken)
    {
        var found = (await connection.QueryAsync<ClaimRow>(Command(
            """
            SELECT id, term, holder, ledger, closed_at AS ClosedAt, closed_on AS ClosedOn,
                claimed_at AS ClaimedAt, claimed_on AS ClaimedOn, UTC_TIMESTAMP(6) AS Now, @@hostname AS Here
            FROM key_ledgers FORCE INDEX (PRIMARY) WHERE id IN @ids ORDER BY id FOR UPDATE
            """,
            new { ids }))).AsList();
        var rows = takesOver ? found : found.FindAll(row => row.Holder is null);
        var formers = rows.Where(row => row.Holder is not null).Select(row => row.Holder!).Distinct().ToList();
        var holders = new Dictionary<string, HolderRow>(StringComparer.Ordinal);
        if (formers.Count > 0)
        {
            // Locked: a former holder that asks from now on waits for this transaction, and then hears of it.
            var asked = await connection.QueryAsync<HolderRow>(Command(
                "SELECT holder, asked_at AS AskedAt, asked_on AS AskedOn FROM claim_holders WHERE holder IN @formers ORDER BY holder LOCK IN SHARE MODE", new { formers }));
            holders = asked.ToDictionary(row => row.Holder, StringComparer.Ordinal);
        }

        if (rows.Count > 0)
        {
            await connection.ExecuteAsync(Command(
                "UPDATE key_ledgers FORCE INDEX (PRIMARY) SET term = term + 1, holder = @holder, claimed_at = UTC_TIMESTAMP(6), claimed_on = @@hostname, closed_at = NULL, closed_on = NULL WHERE id IN @ids", new { holder, ids = rows.Select(row => row.Id) }));
        }

        var (fresh, lost) = (new ValueRows(), new ValueRows());
        var unknown = ids.Except(found.Select(row => row.Id)).ToList();
        foreach (var id in unknown)
        {
            fresh.Add(id, 1L, holder, SqlText.Now, SqlText.Here);
        }

        foreach (var row in rows.Where(row => row.Holder is not null && row.Holder != holder))
        {
            lost.Add(row.Holder, row.Id, row.Term, SqlText.Now);
        }

        await InsertAsync(fresh, "INSERT INTO key_ledgers (id, term, holder, claimed_at, claimed_on)");
        await InsertAsync(lost, "INSERT INTO claim_takeovers (holder, id, term, taken_at)");
        return new TakenClaims(rows, unknown, holders);

        CommandDefinition Command(string sql, object parameters) => new(sql, parameters, cancellationToken: cancellationToken);

        Task InsertAsync(ValueRows values, string head) => values.IsEmpty ? Task.CompletedTask : connection.ExecuteAsync(values.Insert(head, "", cancellationToken));
    }

    private async ValueTask<IReadOnlyList<KeyId>> WriteAsync(string holder, IReadOnlyList<HeldLedger> ledgers, string changes, CancellationToken cancellationToken)
    {
        var lost = new List<KeyId>();
        var rows = ledgers.OrderBy(held => held.Key).Select(held => new LedgerRow(held.Key, held.Term, held.Ledger.ToJson()));
        foreach (var batch in Batches.Split(rows, row => row.Ledger.Length))
        {
            lost.AddRange(await database.InTransactionAsync(connection => WriteAsync(connection, holder, batch, changes, cancellationToken), cancellationToken));
        }

        return lost;
    }

    /// <returns>The keys whose claim is lost.</returns>
    private static async Task<IEnumerable<KeyId>> WriteAsync(
        MySqlConnection connection, string holder, IReadOnlyList<LedgerRow> batch, string changes, CancellationToken cancellationToken)
    {
        var held = (await connection.QueryAsync<(string Id, long Term)>(new CommandDefinition(
            "SELECT id, term FROM key_ledgers FORCE INDEX (PRIMARY) WHERE id IN @ids AND holder = @holder ORDER BY id FOR UPDATE",
            new { holder, ids = batch.Select(row => row.Key.Value) },
            cancellationToken: cancellationToken))).ToHashSet();
        var kept = batch.Where(row => held.Contains((row.Key.Value, row.Term))).ToList();
        if (kept.Count > 0)
        {
            var values = new ValueRows();
            foreach (var row in kept)
            {
                values.Add(row.Key.Value, row.Term, row.Ledger);
            }

            // Every row is there and locked, so that nothing is inserted: this is an UPDATE with a value for each row.
            await connection.ExecuteAsync(values.Insert("INSERT INTO key_ledgers (id, term, ledger)", $"ON DUPLICATE KEY UPDATE {changes}", cancellationToken));
        }

        return batch.Except(kept).Select(row => row.Key);
    }

    private async Task ForgetOldTakeoversAsync(CancellationToken cancellationToken)
    {
        var command = new CommandDefinition(
            $"DELETE FROM claim_takeovers WHERE taken_at < UTC_TIMESTAMP(6) - INTERVAL @seconds SECOND ORDER BY taken_at LIMIT {TakeoversDeletedMax}",
            new { seconds = (long)TakeoversKept.TotalSeconds },
            cancellationToken: cancellationToken);
        try
        {
            await database.RunAsync(connection => connection.ExecuteAsync(command), cancellationToken);
        }
        catch (MySqlStorageException)
        {
            // The claims are taken all the same. The next takeover tries again.
        }
    }
}
