using GeminiBalance.Gateway.Hosting;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Telemetry;

namespace GeminiBalance.Gateway.Admin;

/// <summary>Changes the settings while the gateway runs: all that is asked for is taken over, or nothing. The one place that does, one change at a time.</summary>
internal sealed partial class SettingsReload(
    SettingsSource source, SettingOverrides overrides, IConfiguredKeys keys, IAdminToken adminToken, ILogger<SettingsReload> logger) : IDisposable
{
    private static readonly string[] SettingsOfKeys = ["API_KEYS", "PAID_KEY", "VERTEX_API_KEYS"];
    private readonly SemaphoreSlim turn = new(1, 1);

    /// <summary>Reads the environment's files and what is stored again.</summary>
    public Task<ReloadAnswer> ReloadAsync(CancellationToken cancellationToken) => InTurnAsync(
        async () =>
        {
            var before = source.Reading;
            await overrides.LoadAsync(cancellationToken);
            var reading = source.Reload();
            return reading.Errors.Count > 0 ? Refused(reading.Errors, reading.Notes) : await TakeOverAsync(before, reading, followsKeys: true);
        },
        cancellationToken);

    /// <summary>Stores settings, and brings them into force.</summary>
    /// <param name="changes">Texts by name; an empty one stands for no value, and null returns to what the environment says.</param>
    /// <param name="cancellationToken">Ends the wait, as long as nothing is stored yet.</param>
    public Task<ReloadAnswer> ChangeAsync(IReadOnlyDictionary<string, string?> changes, CancellationToken cancellationToken) => InTurnAsync(
        async () =>
        {
            var errors = SettingsReader.Check(changes, source.Catalog);
            if (errors.Count > 0)
            {
                return Refused(errors, []);
            }

            var candidate = source.Preview(await overrides.MergeAsync(changes, cancellationToken));
            if (candidate.Errors.Count > 0 || adminToken.HashFor(candidate.Settings.AuthToken) is null)
            {
                return Refused([.. candidate.Errors, .. candidate.Errors.Count > 0 ? Array.Empty<string>() : ["AUTH_TOKEN: there would be no admin token left."]], []);
            }

            // From here on all of it happens: a client that leaves must not leave settings that are stored and not in force.
            var before = source.Reading;
            await overrides.WriteAsync(changes, CancellationToken.None);
            Log.Changed(logger, string.Join(", ", changes.Keys));
            var reading = await overrides.LoadAsync(CancellationToken.None);

            // Another setting must not bring a key back that a person has removed since.
            return await TakeOverAsync(before, reading, followsKeys: SettingsOfKeys.Any(changes.ContainsKey));
        },
        cancellationToken);

    /// <summary>Takes over what another process has stored.</summary>
    public Task<bool> FollowAsync(CancellationToken cancellationToken) =>
        InTurnAsync(() => overrides.FollowAsync(cancellationToken).AsTask(), cancellationToken);

    public void Dispose() => turn.Dispose();

    private static ReloadAnswer Refused(IReadOnlyList<string> errors, IReadOnlyList<string> notes) => new([], [], 0, 0, errors, notes);

    private async Task<ReloadAnswer> TakeOverAsync(SettingsReading before, SettingsReading reading, bool followsKeys)
    {
        var changed = source.Definitions
            .Where(definition => before.Texts.GetValueOrDefault(definition.Name) != reading.Texts.GetValueOrDefault(definition.Name))
            .ToLookup(definition => definition.NeedsRestart, definition => definition.Name);
        var (added, removed) = followsKeys ? await keys.FollowAsync(reading.Settings.ConfiguredKeys(), CancellationToken.None) : (0, 0);
        return new ReloadAnswer([.. changed[false]], [.. changed[true]], added, removed, [], reading.Notes);
    }

    private async Task<T> InTurnAsync<T>(Func<Task<T>> change, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            return await change();
        }
        finally
        {
            turn.Release();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.SettingsChanged, LogLevel.Information, "An administrator has changed settings: {Settings}")]
        public static partial void Changed(ILogger logger, string settings);
    }
}
