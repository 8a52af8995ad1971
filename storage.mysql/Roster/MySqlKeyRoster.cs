using System.Data.Common;
using System.Globalization;
using Dapper;
using GeminiBalance.KeyPool;
using MySqlConnector;

namespace GeminiBalance.Storage.MySql;

/// <summary>
/// The keys of the cluster, in the table <c>api_keys</c>. Every change gets a version under a lock that is held until it is committed, so that versions
/// become visible in their order: who has seen a version has missed none below it.
/// </summary>
public sealed partial class MySqlKeyRoster(MySqlDatabase database)
{
    /// <summary>The longest time for reading all keys, in seconds.</summary>
    private const int ReadSecondsMax = 60;

    /// <summary>All keys of the pool.</summary>
    public Task<RosterChanges> ListAsync(CancellationToken cancellationToken) => ReadAsync("removed_at IS NULL", 0, cancellationToken);

    /// <summary>The keys that were added, changed or removed after <paramref name="version"/>, each once, as it is now.</summary>
    public Task<RosterChanges> ListChangesAsync(long version, CancellationToken cancellationToken) => ReadAsync("version > @version", version, cancellationToken);

    /// <summary>Adds the keys that are not in the pool; those that left it come back. Keys in the pool stay as they are.</summary>
    /// <returns>The keys that were added.</returns>
    public async Task<IReadOnlyList<KeyId>> AddAsync(IReadOnlyCollection<RosterEntry> keys, RosterOrigin origin, CancellationToken cancellationToken)
    {
        var added = new List<KeyId>();
        foreach (var batch in Batches.Split(keys.DistinctBy(key => key.Id), BytesOf))
        {
            added.AddRange(await ChangeAsync((connection, version) => AddAsync(connection, version, batch, origin, cancellationToken), cancellationToken));
        }

        return added;
    }

    /// <summary>Takes keys out of the pool and forgets their secrets. Their ledgers stay: see <see cref="ForgetRemovedAsync"/>.</summary>
    /// <returns>The keys that were in the pool.</returns>
    public Task<IReadOnlyList<KeyId>> RemoveAsync(IReadOnlyCollection<KeyId> keys, CancellationToken cancellationToken) =>
        UpdateAsync(keys, "", "secret = '', removed_at = UTC_TIMESTAMP(6)", cancellationToken);

    /// <summary>Changes what people decided about a key. What another gateway changes at the same time stays.</summary>
    /// <returns>False when there is no such key.</returns>
    public Task<bool> ChangeProfileAsync(KeyId key, KeyProfileChange change, CancellationToken cancellationToken) => ChangeAsync(
        async (connection, version) => await connection.ExecuteAsync(new CommandDefinition(
            """
            UPDATE api_keys SET weight = COALESCE(@Weight, weight), note = COALESCE(@Note, note), kind = COALESCE(@Kind, kind), tags = COALESCE(@Text, tags),
                is_reserved = COALESCE(@IsReserved, is_reserved), project = COALESCE(@Project, project), version = @version
            WHERE id = @id AND removed_at IS NULL
            """,
            new { id = key.Value, change.Weight, change.Note, change.Kind, change.Tags?.Text, change.IsReserved, change.Project, version },
            cancellationToken: cancellationToken)) > 0,
        cancellationToken);

    /// <summary>Counts a key as changed, so that whoever asks for changes is told of it.</summary>
    /// <returns>False when there is no such key.</returns>
    public async Task<bool> TouchAsync(KeyId key, CancellationToken cancellationToken) => (await UpdateAsync([key], "", "origin = origin", cancellationToken)).Count > 0;

    private static int BytesOf(RosterEntry key) => key.Secret.Length + (sizeof(int) * key.Profile.Note.Length);

    private static async Task<IReadOnlyList<KeyId>> AddAsync(
        MySqlConnection connection, long version, IReadOnlyList<RosterEntry> batch, RosterOrigin origin, CancellationToken cancellationToken)
    {
        var present = await ListPresentAsync(connection, batch.Select(key => key.Id), "", cancellationToken);
        var fresh = batch.Where(key => !present.Contains(key.Id)).ToList();
        if (fresh.Count > 0)
        {
            var values = new ValueRows();
            foreach (var (id, secret, profile) in fresh)
            {
                values.Add(
                    id.Value, secret, (int)origin, profile.Weight, profile.Note, (int)profile.Kind, profile.Tags.Text, profile.IsReserved, profile.Project,
                    profile.AddedAt.UtcDateTime, version);
            }

            await connection.ExecuteAsync(values.Insert(
                "INSERT INTO api_keys (id, secret, origin, weight, note, kind, tags, is_reserved, project, added_at, version)",
                """
                ON DUPLICATE KEY UPDATE secret = VALUES(secret), origin = VALUES(origin), weight = VALUES(weight), note = VALUES(note),
                    kind = VALUES(kind), tags = VALUES(tags), is_reserved = VALUES(is_reserved), project = VALUES(project),
                    added_at = VALUES(added_at), version = VALUES(version), removed_at = NULL, is_back = TRUE
                """,
                cancellationToken));
        }

        return [.. fresh.Select(key => key.Id)];
    }

    private static async Task<HashSet<KeyId>> ListPresentAsync(MySqlConnection connection, IEnumerable<KeyId> keys, string condition, CancellationToken cancellationToken) =>
        [.. (await connection.QueryAsync<string>(new CommandDefinition(
            $"SELECT id FROM api_keys FORCE INDEX (PRIMARY) WHERE id IN @ids AND removed_at IS NULL {condition}",
            new { ids = keys.Select(key => key.Value) },
            cancellationToken: cancellationToken))).Select(id => new KeyId(id))];

    private async Task<IReadOnlyList<KeyId>> UpdateAsync(IReadOnlyCollection<KeyId> keys, string condition, string changes, CancellationToken cancellationToken)
    {
        var done = new List<KeyId>();
        foreach (var batch in Batches.Split(keys.Distinct(), _ => 0))
        {
            done.AddRange(await ChangeAsync(
                async (connection, version) =>
                {
                    var present = await ListPresentAsync(connection, batch, condition, cancellationToken);
                    if (present.Count > 0)
                    {
                        await connection.ExecuteAsync(new CommandDefinition(
                            $"UPDATE api_keys FORCE INDEX (PRIMARY) SET {changes}, version = @version WHERE id IN @ids",
                            new { version, ids = present.Select(key => key.Value) },
                            cancellationToken: cancellationToken));
                    }

                    return batch.Where(present.Contains);
                },
                cancellationToken));
        }

        return done;
    }

    /// <summary>The version goes up before anything else is looked at: from then on this is the only writer.</summary>
    private Task<T> ChangeAsync<T>(Func<MySqlConnection, long, Task<T>> work, CancellationToken cancellationToken) => database.InTransactionAsync(
        async connection => await work(connection, await connection.ExecuteScalarAsync<long>(new CommandDefinition(
            "UPDATE versions SET value = value + 1 WHERE name = 'api_keys'; SELECT value FROM versions WHERE name = 'api_keys'", cancellationToken: cancellationToken))),
        cancellationToken);

    private Task<RosterChanges> ReadAsync(string condition, long version, CancellationToken cancellationToken) => database.RunAsync(
        async connection =>
        {
            await using var reader = await connection.ExecuteReaderAsync(new CommandDefinition(
                $"""
                 SELECT id, secret, origin, version, removed_at IS NOT NULL, weight, note, added_at, kind, tags, is_reserved, project, is_back
                 FROM api_keys WHERE {condition}
                 """,
                new { version },
                commandTimeout: ReadSecondsMax,
                cancellationToken: cancellationToken));
            var rows = new List<RosterRow>();
            while (await reader.ReadAsync(cancellationToken))
            {
                rows.Add(new RosterRow(
                    new KeyId(reader.GetString(0)),
                    reader.GetFieldValue<byte[]>(1),
                    (RosterOrigin)Convert.ToInt32(reader.GetValue(2), CultureInfo.InvariantCulture),
                    ReadProfile(reader),
                    reader.GetInt64(3),
                    Convert.ToBoolean(reader.GetValue(4), CultureInfo.InvariantCulture),
                    Convert.ToBoolean(reader.GetValue(12), CultureInfo.InvariantCulture)));
            }

            rows.Sort((one, other) => one.Version.CompareTo(other.Version));
            return new RosterChanges(rows.Count == 0 ? version : rows[^1].Version, rows);
        },
        cancellationToken);

    private static KeyProfile ReadProfile(DbDataReader row) => new()
    {
        Weight = row.GetDouble(5),
        Note = row.GetString(6),
        AddedAt = new DateTimeOffset(row.GetDateTime(7), TimeSpan.Zero),
        Kind = (KeyKind)Convert.ToInt32(row.GetValue(8), CultureInfo.InvariantCulture),
        Tags = KeyTags.FromText(row.GetString(9)),
        IsReserved = Convert.ToBoolean(row.GetValue(10), CultureInfo.InvariantCulture),
        Project = row.GetString(11),
    };
}
