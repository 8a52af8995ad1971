namespace GeminiBalance.KeyPool;

public static class KeyDirectoryExtensions
{
    /// <summary>Adds the keys that are new, with nothing special about them.</summary>
    public static ValueTask<IReadOnlyList<KeyId>> AddAsync(this IKeyDirectory directory, IReadOnlyCollection<ApiKey> keys, CancellationToken cancellationToken) =>
        directory.AddAsync(keys, new KeyProfile(), cancellationToken);
}
