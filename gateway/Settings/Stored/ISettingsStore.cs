namespace GeminiBalance.Gateway.Settings;

/// <summary>Keeps settings that administrators have written, for all gateways that share it.</summary>
internal interface ISettingsStore
{
    /// <summary>Everything that is stored.</summary>
    ValueTask<StoredSettings> ReadAsync(CancellationToken cancellationToken);

    /// <summary>The version of what is stored. It grows with every change, and a change alone makes it grow.</summary>
    ValueTask<long> ReadVersionAsync(CancellationToken cancellationToken);

    /// <summary>Writes and removes settings, all or none.</summary>
    ValueTask WriteAsync(IReadOnlyCollection<StoredSetting> written, IReadOnlyCollection<string> removed, CancellationToken cancellationToken);
}
