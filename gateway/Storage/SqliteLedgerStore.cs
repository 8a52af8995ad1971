using System.Text.Json;
using Dapper;
using GeminiBalance.KeyPool;
using Microsoft.Data.Sqlite;

namespace GeminiBalance.Gateway.Storage;

/// <summary>Keys and ledgers in SQLite. A removed key's ledger stays for two days, so that adding the key again does not forget what it spent today.</summary>
internal sealed partial class SqliteLedgerStore(SqliteDatabase database, SecretBox box, TimeProvider time, ILogger<SqliteLedgerStore> logger) : IKeyLedgerStore
{
    private static readonly TimeSpan OrphanAge = TimeSpan.FromDays(2);

    /// <remarks>Survives a power cut: a claim that is forgotten would pass for a clean stop.</remarks>
    public ValueTask<StoredPool> OpenAsync(DateTimeOffset validUntil, CancellationToken cancellationToken) => database.InTransactionAsync(
        isDurable: true,
        (connection, transaction) =>
        {
            connection.Execute(
                "DELETE FROM ledgers WHERE saved_at < @before AND id NOT IN (SELECT id FROM keys)",
                new { before = (time.GetUtcNow() - OrphanAge).ToUnixTimeMilliseconds() },
                transaction);
            var open = connection.QuerySingleOrDefault<long?>("SELECT valid_until FROM claim", transaction: transaction);
            var keys = ReadKeys(connection, transaction);
            WriteClaim(connection, transaction, validUntil);
            return new StoredPool(keys, open is { } until ? DateTimeOffset.FromUnixTimeMilliseconds(until) : null)
            {
                Projects = [.. connection.Query<(string Id, byte[] Ledger)>("SELECT id, ledger FROM ledgers WHERE id LIKE 'p%'", transaction: transaction)
                    .Select(row => ReadLedger(row.Id, row.Ledger))],
            };
        },
        cancellationToken);

    public async ValueTask SaveAsync(PoolCheckpoint checkpoint, CancellationToken cancellationToken) => await database.InTransactionAsync(
        isDurable: false,
        (connection, transaction) =>
        {
            WriteLedgers(connection, transaction, checkpoint.Changed);
            return WriteClaim(connection, transaction, checkpoint.ClaimValidUntil);
        },
        cancellationToken);

    public async ValueTask CloseAsync(PoolCheckpoint checkpoint, CancellationToken cancellationToken) => await database.InTransactionAsync(
        isDurable: true,
        (connection, transaction) =>
        {
            WriteLedgers(connection, transaction, checkpoint.Changed);
            return WriteClaim(connection, transaction, null);
        },
        cancellationToken);

    public ValueTask<IReadOnlyList<StoredKey>> AddKeysAsync(IReadOnlyCollection<StoredKey> keys, CancellationToken cancellationToken) =>
        database.InTransactionAsync<IReadOnlyList<StoredKey>>(
            isDurable: true,
            (connection, transaction) =>
            {
                WriteKeys(connection, transaction, keys, KeyOrigin.Admin);
                using var command = connection.CreateCommand();
                command.Transaction = transaction;
                command.CommandText = "SELECT ledger FROM ledgers WHERE id = $id";
                var id = command.Parameters.Add("$id", SqliteType.Text);
                return [.. keys.Select(key =>
                {
                    id.Value = key.Key.Id.Value;
                    return key with { Ledger = command.ExecuteScalar() is byte[] ledger ? ReadLedger(key.Key.Id.Value, ledger) : null };
                })];
            },
            cancellationToken);

    public async ValueTask RemoveKeyAsync(KeyId id, CancellationToken cancellationToken) => await database.InTransactionAsync(
        isDurable: true,
        (connection, transaction) => connection.Execute("DELETE FROM keys WHERE id = @id", new { id = id.Value }, transaction),
        cancellationToken);

    /// <summary>Rounded up: a claim that seems to end early would free tokens early.</summary>
    private static int WriteClaim(SqliteConnection connection, SqliteTransaction transaction, DateTimeOffset? validUntil) => connection.Execute(
        "INSERT INTO claim (one, valid_until) VALUES (1, @until) ON CONFLICT (one) DO UPDATE SET valid_until = excluded.valid_until",
        new { until = validUntil?.AddTicks(TimeSpan.TicksPerMillisecond - 1).ToUnixTimeMilliseconds() },
        transaction);

    private void WriteLedgers(SqliteConnection connection, SqliteTransaction transaction, IReadOnlyList<KeyLedgerSnapshot> ledgers)
    {
        if (ledgers.Count == 0)
        {
            return;
        }

        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText =
            """
            INSERT INTO ledgers (id, ledger, saved_at) VALUES ($id, $ledger, $saved_at)
            ON CONFLICT (id) DO UPDATE SET ledger = excluded.ledger, saved_at = excluded.saved_at
            """;
        var id = command.Parameters.Add("$id", SqliteType.Text);
        var text = command.Parameters.Add("$ledger", SqliteType.Blob);
        command.Parameters.Add("$saved_at", SqliteType.Integer).Value = time.GetUtcNow().ToUnixTimeMilliseconds();
        foreach (var ledger in ledgers)
        {
            id.Value = ledger.KeyId;
            text.Value = ledger.ToJson();
            command.ExecuteNonQuery();
        }
    }

    private int WriteKeys(SqliteConnection connection, SqliteTransaction transaction, IReadOnlyCollection<StoredKey> keys, KeyOrigin origin)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText =
            """
            INSERT INTO keys (id, secret, origin, weight, note, added_at, kind, tags, is_reserved, project)
            VALUES ($id, $secret, $origin, $weight, $note, $added_at, $kind, $tags, $is_reserved, $project)
            ON CONFLICT (id) DO UPDATE SET secret = excluded.secret, weight = excluded.weight, note = excluded.note,
                kind = excluded.kind, tags = excluded.tags, is_reserved = excluded.is_reserved, project = excluded.project
            """;
        var id = command.Parameters.Add("$id", SqliteType.Text);
        var secret = command.Parameters.Add("$secret", SqliteType.Blob);
        var weight = command.Parameters.Add("$weight", SqliteType.Real);
        var note = command.Parameters.Add("$note", SqliteType.Text);
        var addedAt = command.Parameters.Add("$added_at", SqliteType.Integer);
        var kind = command.Parameters.Add("$kind", SqliteType.Integer);
        var tags = command.Parameters.Add("$tags", SqliteType.Text);
        var isReserved = command.Parameters.Add("$is_reserved", SqliteType.Integer);
        var project = command.Parameters.Add("$project", SqliteType.Text);
        command.Parameters.Add("$origin", SqliteType.Integer).Value = (int)origin;
        foreach (var (key, profile, _) in keys)
        {
            id.Value = key.Id.Value;
            secret.Value = box.Close(key.Id.Value, key.Reveal());
            weight.Value = profile.Weight;
            note.Value = profile.Note;
            addedAt.Value = profile.AddedAt.ToUnixTimeMilliseconds();
            kind.Value = (int)profile.Kind;
            tags.Value = profile.Tags.Text;
            isReserved.Value = profile.IsReserved;
            project.Value = profile.Project;
            command.ExecuteNonQuery();
        }

        WriteLedgers(connection, transaction, keys.Select(key => key.Ledger).OfType<KeyLedgerSnapshot>().ToList());
        return keys.Count;
    }

    private List<StoredKey> ReadKeys(SqliteConnection connection, SqliteTransaction transaction)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText =
            """
            SELECT k.id, k.secret, l.ledger, k.weight, k.note, k.added_at, k.kind, k.tags, k.is_reserved, k.project
            FROM keys k LEFT JOIN ledgers l ON l.id = k.id
            """;
        using var reader = command.ExecuteReader();
        var keys = new List<StoredKey>();
        while (reader.Read())
        {
            if (ReadKey(reader) is { } key)
            {
                keys.Add(key);
            }
        }

        return keys;
    }

    /// <returns>Null when the key itself is damaged. Its row stays: adding the key again repairs it.</returns>
    private StoredKey? ReadKey(SqliteDataReader row)
    {
        var id = row.GetString(0);
        if (box.TryOpen(id, row.GetFieldValue<byte[]>(1)) is not { } secret)
        {
            Log.KeyDamaged(logger, new KeyId(id));
            return null;
        }

        return new StoredKey(new ApiKey(secret), ReadProfile(row), row.IsDBNull(2) ? null : ReadLedger(id, row.GetFieldValue<byte[]>(2)));
    }

    private static KeyProfile ReadProfile(SqliteDataReader row) => new()
    {
        Weight = row.GetDouble(3),
        Note = row.GetString(4),
        AddedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(5)),
        Kind = (KeyKind)row.GetInt32(6),
        Tags = KeyTags.FromText(row.GetString(7)),
        IsReserved = row.GetBoolean(8),
        Project = row.GetString(9),
    };

    /// <summary>A key whose spending cannot be read is switched off: it may have used up its day.</summary>
    private KeyLedgerSnapshot ReadLedger(string id, byte[] ledger)
    {
        if (TryReadLedger(ledger) is { } read)
        {
            return read;
        }

        Log.LedgerDamaged(logger, new KeyId(id));
        return new KeyLedgerSnapshot { KeyId = id, State = KeyState.Disabled, Reason = "stored ledger damaged", Since = time.GetUtcNow() };
    }

    private static KeyLedgerSnapshot? TryReadLedger(byte[] ledger)
    {
        try
        {
            return KeyLedgerSnapshot.FromJson(ledger);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
