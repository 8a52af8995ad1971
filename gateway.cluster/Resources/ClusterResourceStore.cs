using GeminiBalance.Gateway.Resources;
using GeminiBalance.KeyPool;
using GeminiBalance.Storage.MySql;

namespace GeminiBalance.Gateway.Cluster.Resources;

/// <summary>The ledger of resources in the cluster's database.</summary>
internal sealed class ClusterResourceStore(MySqlResources rows) : IResourceStore
{
    public async ValueTask SaveAsync(IReadOnlyCollection<OwnedResource> resources, CancellationToken cancellationToken) =>
        await rows.SaveAsync([.. resources.Select(ToRow)], cancellationToken);

    public async ValueTask<IReadOnlyList<OwnedResource>> FindAsync(IReadOnlyCollection<string> names, CancellationToken cancellationToken) =>
        [.. (await rows.FindAsync(names, cancellationToken)).Select(ToResource)];

    public async ValueTask<IReadOnlyList<OwnedResource>> ListAsync(ResourceQuery query, CancellationToken cancellationToken)
    {
        var after = query.After is { } last ? (last.CreatedMs, last.Name, last.ClientId) : default((long, string, string)?);
        var filter = new ResourceFilter(query.Collection, query.ClientId, query.Now.ToUnixTimeMilliseconds(), after, query.Count);
        return [.. (await rows.ListAsync(filter, cancellationToken)).Select(ToResource)];
    }

    public async ValueTask RemoveAsync(string name, string clientId, CancellationToken cancellationToken) => await rows.RemoveAsync(name, clientId, cancellationToken);

    public async ValueTask<int> DeleteExpiredAsync(DateTimeOffset before, int rowsMax, CancellationToken cancellationToken) =>
        await rows.DeleteExpiredAsync(before.ToUnixTimeMilliseconds(), rowsMax, cancellationToken);

    private static ResourceRow ToRow(OwnedResource resource) => new()
    {
        Name = resource.Name,
        ClientId = resource.ClientId,
        Collection = resource.Collection,
        KeyId = resource.KeyId.Value,
        CreatedAt = resource.CreatedAt.ToUnixTimeMilliseconds(),
        ExpiresAt = resource.ExpiresAt?.ToUnixTimeMilliseconds(),
        Json = resource.Json?.ToArray(),
        IsSettled = resource.IsSettled,
    };

    private static OwnedResource ToResource(ResourceRow row) => new()
    {
        Name = row.Name,
        Collection = row.Collection,
        KeyId = new KeyId(row.KeyId),
        ClientId = row.ClientId,
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.CreatedAt),
        ExpiresAt = row.ExpiresAt is { } end ? DateTimeOffset.FromUnixTimeMilliseconds(end) : null,
        Json = row.Json is { } json ? json : default(ReadOnlyMemory<byte>?),
        IsSettled = row.IsSettled,
    };
}
