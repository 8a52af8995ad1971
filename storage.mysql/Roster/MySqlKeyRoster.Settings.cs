using Dapper;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Storage.MySql;

/// <content>Which keys follow <c>API_KEYS</c>.</content>
public sealed partial class MySqlKeyRoster
{
    private static readonly string IsFromSettings = $"origin = {(int)RosterOrigin.Settings}";

    /// <summary>Adds the keys that are new in <c>API_KEYS</c>, and removes those that came from there and are gone. Keys of the admin API stay its own.</summary>
    /// <returns>How many were added and removed.</returns>
    public async Task<(int Added, int Removed)> FollowSettingsAsync(IReadOnlyCollection<RosterEntry> configured, CancellationToken cancellationToken)
    {
        var ids = configured.Select(key => key.Id).ToHashSet();
        var gone = (await ListFromSettingsAsync(cancellationToken)).Where(id => !ids.Contains(id)).ToList();
        var removed = await UpdateAsync(gone, $"AND {IsFromSettings}", "secret = '', removed_at = UTC_TIMESTAMP(6)", cancellationToken);
        var added = await AddAsync(configured, RosterOrigin.Settings, cancellationToken);
        return (added.Count, removed.Count);
    }

    /// <summary>The keys that came from <c>API_KEYS</c>.</summary>
    public Task<IReadOnlyList<KeyId>> ListFromSettingsAsync(CancellationToken cancellationToken) => database.RunAsync<IReadOnlyList<KeyId>>(
        async connection => [.. (await connection.QueryAsync<string>(new CommandDefinition(
            $"SELECT id FROM api_keys WHERE removed_at IS NULL AND {IsFromSettings}", commandTimeout: ReadSecondsMax, cancellationToken: cancellationToken))).Select(id => new KeyId(id))],
        cancellationToken);

    /// <summary>Marks keys of the pool as coming from <c>API_KEYS</c>.</summary>
    /// <returns>Those that came from elsewhere before.</returns>
    public Task<IReadOnlyList<KeyId>> MarkFromSettingsAsync(IReadOnlyCollection<KeyId> keys, CancellationToken cancellationToken) =>
        UpdateAsync(keys, $"AND NOT ({IsFromSettings})", $"origin = {(int)RosterOrigin.Settings}", cancellationToken);
}
