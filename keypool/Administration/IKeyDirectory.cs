namespace GeminiBalance.KeyPool;

/// <summary>The list of keys and their live state, for administration. Apart from <see cref="IKeyPool"/>, which serves calls.</summary>
public interface IKeyDirectory
{
    ValueTask<IReadOnlyList<KeyStatus>> ListAsync(CancellationToken cancellationToken);

    /// <summary>A page of them, which costs no more than it shows where that can be.</summary>
    ValueTask<KeyStatusPage> PageAsync(KeyPageQuery query, CancellationToken cancellationToken);

    ValueTask<KeyStatus?> FindAsync(KeyId id, CancellationToken cancellationToken);

    /// <summary>Adds the keys that are new.</summary>
    /// <param name="keys">The keys.</param>
    /// <param name="profile">What is decided about all of them; when they were added is the directory's to say.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The ids of those added; the others were there already and stay as they are.</returns>
    ValueTask<IReadOnlyList<KeyId>> AddAsync(IReadOnlyCollection<ApiKey> keys, KeyProfile profile, CancellationToken cancellationToken);

    /// <summary>Changes what people decided about a key. It holds from the next call on.</summary>
    /// <returns>False when there is no such key.</returns>
    ValueTask<bool> ChangeProfileAsync(KeyId id, KeyProfileChange change, CancellationToken cancellationToken);

    /// <summary>Removes a key and its state.</summary>
    /// <returns>False when there is no such key.</returns>
    ValueTask<bool> RemoveAsync(KeyId id, CancellationToken cancellationToken);

    /// <summary>Switches a key off by hand, with a reason for people.</summary>
    ValueTask<bool> DisableAsync(KeyId id, string reason, CancellationToken cancellationToken);

    /// <summary>Brings a key back from any state and forgets its failures. Spent quota stays spent.</summary>
    ValueTask<bool> EnableAsync(KeyId id, CancellationToken cancellationToken);

    /// <summary>Leases one key for a probe although it is rejected; its quota still counts. Null when it has no token now or is unknown.</summary>
    ValueTask<KeyLease?> LeaseForProbeAsync(KeyId id, string model, CancellationToken cancellationToken);
}
