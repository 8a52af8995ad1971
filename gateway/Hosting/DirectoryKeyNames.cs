using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Hosting;

/// <summary>The names of keys, where the directory has them at hand.</summary>
internal sealed class DirectoryKeyNames(IKeyDirectory directory) : IKeyNames
{
    public async ValueTask<string?> MaskAsync(KeyId id, CancellationToken cancellationToken) => (await directory.FindAsync(id, cancellationToken))?.Masked;

    public async ValueTask<IReadOnlyList<KeyId>> SearchAsync(string text, CancellationToken cancellationToken) =>
        [.. (await directory.ListAsync(cancellationToken)).Where(key => Contains(key.Id.Value, text) || Contains(key.Masked, text)).Select(key => key.Id)];

    private static bool Contains(string name, string text) => name.Contains(text, StringComparison.OrdinalIgnoreCase);
}
