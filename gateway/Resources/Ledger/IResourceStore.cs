namespace GeminiBalance.Gateway.Resources;

/// <summary>Keeps the ledger of resources, for all gateways that share the store.</summary>
internal interface IResourceStore
{
    /// <summary>Writes resources, or what is new about them, all or none. When it returns they survive the end of the process.</summary>
    ValueTask SaveAsync(IReadOnlyCollection<OwnedResource> resources, CancellationToken cancellationToken);

    /// <summary>Every client's resources of these names, expired ones included.</summary>
    ValueTask<IReadOnlyList<OwnedResource>> FindAsync(IReadOnlyCollection<string> names, CancellationToken cancellationToken);

    ValueTask<IReadOnlyList<OwnedResource>> ListAsync(ResourceQuery query, CancellationToken cancellationToken);

    ValueTask RemoveAsync(string name, string clientId, CancellationToken cancellationToken);

    /// <summary>Deletes resources that expired before a moment.</summary>
    /// <returns>How many were deleted, at most <paramref name="rowsMax"/>.</returns>
    ValueTask<int> DeleteExpiredAsync(DateTimeOffset before, int rowsMax, CancellationToken cancellationToken);
}
