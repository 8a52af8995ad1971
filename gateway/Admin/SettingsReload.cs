using GeminiBalance.Gateway.Hosting;
using GeminiBalance.Gateway.Settings;

namespace GeminiBalance.Gateway.Admin;

/// <summary>Reads the settings again while the gateway runs: all of them are taken over, or none.</summary>
internal sealed class SettingsReload(SettingsSource source, IConfiguredKeys keys) : IDisposable
{
    private readonly SemaphoreSlim turn = new(1, 1);

    public async Task<ReloadAnswer> ReloadAsync(CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            var before = source.Reading.Texts;
            var reading = source.Reload();
            if (reading.Errors.Count > 0)
            {
                return new ReloadAnswer([], [], 0, 0, reading.Errors, reading.Notes);
            }

            var changed = source.Definitions
                .Where(definition => before.GetValueOrDefault(definition.Name) != reading.Texts.GetValueOrDefault(definition.Name))
                .ToLookup(definition => definition.NeedsRestart, definition => definition.Name);
            var (added, removed) = await keys.FollowAsync(reading.Settings.ApiKeys, cancellationToken);
            return new ReloadAnswer([.. changed[false]], [.. changed[true]], added, removed, [], reading.Notes);
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();
}
