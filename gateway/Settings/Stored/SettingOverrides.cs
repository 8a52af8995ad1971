using System.Text;
using GeminiBalance.Gateway.Storage;
using GeminiBalance.Gateway.Telemetry;

namespace GeminiBalance.Gateway.Settings;

/// <summary>What is stored, opened and brought into force over the environment. One caller at a time.</summary>
internal sealed partial class SettingOverrides(ISettingsStore store, SecretBox box, SettingsSource source, ILogger<SettingOverrides> logger)
{
    private long version = long.MinValue;

    /// <summary>Reads everything and brings it into force.</summary>
    public async ValueTask<SettingsReading> LoadAsync(CancellationToken cancellationToken)
    {
        var stored = await store.ReadAsync(cancellationToken);
        var reading = source.Override(Open(stored));
        version = stored.Version;
        return reading;
    }

    /// <summary>Looks whether another process has changed something, and loads it.</summary>
    /// <returns>Whether it had.</returns>
    public async ValueTask<bool> FollowAsync(CancellationToken cancellationToken)
    {
        if (await store.ReadVersionAsync(cancellationToken) == version)
        {
            return false;
        }

        var reading = await LoadAsync(cancellationToken);
        Log.Followed(logger, reading.Stored.Count);
        return true;
    }

    /// <summary>The stored texts as they would be with some changes.</summary>
    public async ValueTask<IReadOnlyDictionary<string, string>> MergeAsync(IReadOnlyDictionary<string, string?> changes, CancellationToken cancellationToken)
    {
        var texts = Open(await store.ReadAsync(cancellationToken));
        foreach (var (name, text) in changes)
        {
            if (text is null)
            {
                texts.Remove(name);
            }
            else
            {
                texts[name] = text;
            }
        }

        return texts;
    }

    /// <summary>Writes texts, and removes those that are null.</summary>
    public ValueTask WriteAsync(IReadOnlyDictionary<string, string?> changes, CancellationToken cancellationToken)
    {
        var secret = source.Definitions.Where(definition => definition.IsSecret).Select(definition => definition.Name).ToHashSet();
        var written = changes.Where(change => change.Value is not null)
            .Select(change => secret.Contains(change.Key)
                ? new StoredSetting(change.Key, box.Close(BoxName(change.Key), change.Value!), IsEncrypted: true)
                : new StoredSetting(change.Key, Encoding.UTF8.GetBytes(change.Value!), IsEncrypted: false));
        return store.WriteAsync([.. written], [.. changes.Where(change => change.Value is null).Select(change => change.Key)], cancellationToken);
    }

    private static string BoxName(string setting) => $"setting {setting}";

    private Dictionary<string, string> Open(StoredSettings stored)
    {
        var texts = new Dictionary<string, string>();
        foreach (var (name, value, isEncrypted) in stored.Settings)
        {
            if ((isEncrypted ? box.TryOpen(BoxName(name), value) : Encoding.UTF8.GetString(value)) is { } text)
            {
                texts[name] = text;
            }
            else
            {
                Log.Damaged(logger, name);
            }
        }

        return texts;
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.StoredSettingDamaged, LogLevel.Error, "The stored value of {Setting} is damaged and left out; the environment's counts. Store it again, or remove it")]
        public static partial void Damaged(ILogger logger, string setting);

        [LoggerMessage(EventIds.SettingsFollowed, LogLevel.Information, "Settings were changed by another process and are in force here too; {Stored} are stored")]
        public static partial void Followed(ILogger logger, int stored);
    }
}
