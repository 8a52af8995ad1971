using GeminiBalance.Gateway.Hosting;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Cluster.Keys;

/// <summary>The names of keys as this gateway knows them; no grain is asked.</summary>
internal sealed class ClusterKeyNames(ClusterKeyPool pool) : IKeyNames
{
    public ValueTask<string?> MaskAsync(KeyId id, CancellationToken cancellationToken) => ValueTask.FromResult(pool.Find(id)?.Key.Masked);

    public ValueTask<IReadOnlyList<KeyId>> SearchAsync(string text, CancellationToken cancellationToken) => ValueTask.FromResult<IReadOnlyList<KeyId>>(
        [.. pool.Keys.Select(key => key.Key).Where(key => Contains(key.Id.Value, text) || Contains(key.Masked, text)).Select(key => key.Id)]);

    private static bool Contains(string name, string text) => name.Contains(text, StringComparison.OrdinalIgnoreCase);
}
