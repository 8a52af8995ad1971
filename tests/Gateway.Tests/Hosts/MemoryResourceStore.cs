using GeminiBalance.Gateway.Resources;

namespace GeminiBalance.Gateway.Tests.Hosts;

/// <summary>A ledger of resources in memory, that fails when a test says so.</summary>
internal sealed class MemoryResourceStore : IResourceStore
{
    private readonly Lock gate = new();
    private readonly Dictionary<(string Name, string ClientId), OwnedResource> rows = [];

    /// <summary>What every use throws.</summary>
    public Exception? Failure { get; set; }

    public IReadOnlyList<OwnedResource> Rows
    {
        get
        {
            lock (gate)
            {
                return [.. rows.Values];
            }
        }
    }

    public ValueTask SaveAsync(IReadOnlyCollection<OwnedResource> resources, CancellationToken cancellationToken)
    {
        ThrowIfAsked();
        lock (gate)
        {
            foreach (var resource in resources)
            {
                rows[(resource.Name, resource.ClientId)] = resource;
            }
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<OwnedResource>> FindAsync(IReadOnlyCollection<string> names, CancellationToken cancellationToken) =>
        Select(row => names.Contains(row.Name));

    public async ValueTask<IReadOnlyList<OwnedResource>> ListAsync(ResourceQuery query, CancellationToken cancellationToken)
    {
        var found = await Select(row => row.Collection == query.Collection && (query.ClientId is null || row.ClientId == query.ClientId) && row.IsLiveAt(query.Now));
        return [.. found.OrderByDescending(PlaceOf).Where(row => query.After is not { } after || PlaceOf(row).CompareTo((after.CreatedMs, after.Name, after.ClientId)) < 0).Take(query.Count)];
    }

    public ValueTask RemoveAsync(string name, string clientId, CancellationToken cancellationToken)
    {
        ThrowIfAsked();
        lock (gate)
        {
            rows.Remove((name, clientId));
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<int> DeleteExpiredAsync(DateTimeOffset before, int rowsMax, CancellationToken cancellationToken) => ValueTask.FromResult(0);

    private static (long CreatedMs, string Name, string ClientId) PlaceOf(OwnedResource row) => (row.CreatedAt.ToUnixTimeMilliseconds(), row.Name, row.ClientId);

    private ValueTask<IReadOnlyList<OwnedResource>> Select(Func<OwnedResource, bool> condition)
    {
        ThrowIfAsked();
        return ValueTask.FromResult<IReadOnlyList<OwnedResource>>([.. Rows.Where(condition).OrderByDescending(row => row.CreatedAt)]);
    }

    private void ThrowIfAsked()
    {
        if (Failure is { } failure)
        {
            throw failure;
        }
    }
}
