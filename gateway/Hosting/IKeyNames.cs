using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Hosting;

/// <summary>How people name the keys of the pool, for pages that show many keys and no state of theirs.</summary>
internal interface IKeyNames
{
    /// <summary>The key's first and last characters; null when it is not in the pool any more.</summary>
    ValueTask<string?> MaskAsync(KeyId id, CancellationToken cancellationToken);

    /// <summary>The keys whose id or masked form contains a text, in any case.</summary>
    ValueTask<IReadOnlyList<KeyId>> SearchAsync(string text, CancellationToken cancellationToken);
}
