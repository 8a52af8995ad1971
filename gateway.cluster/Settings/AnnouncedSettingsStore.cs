using GeminiBalance.Gateway.Cluster.Members;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Grains;

namespace GeminiBalance.Gateway.Cluster.Settings;

/// <summary>Tells all gateways of what was written.</summary>
internal sealed class AnnouncedSettingsStore(MySqlSettingsStore store, Announcer announcer) : ISettingsStore
{
    public ValueTask<StoredSettings> ReadAsync(CancellationToken cancellationToken) => store.ReadAsync(cancellationToken);

    public ValueTask<long> ReadVersionAsync(CancellationToken cancellationToken) => store.ReadVersionAsync(cancellationToken);

    public async ValueTask WriteAsync(IReadOnlyCollection<StoredSetting> written, IReadOnlyCollection<string> removed, CancellationToken cancellationToken)
    {
        await store.WriteAsync(written, removed, cancellationToken);
        await announcer.TellAllAsync(ClusterChangeKind.Settings);
    }
}
