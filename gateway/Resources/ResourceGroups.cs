using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Resources;

/// <summary>
/// Keeps what a client creates in one go with one key, so that one request can name all of it. Without a bound, one key would get everything
/// of a client that never pauses.
/// </summary>
internal sealed class ResourceGroups(ResourceLedger ledger, TimeProvider time)
{
    private static readonly string[] Collections = [ResourceCollection.Uploads, ResourceCollection.Files, "cachedContents"];

    /// <summary>The key that the client's last creations went to, while they are recent and few.</summary>
    /// <returns>The key to prefer, or else a hash by which calls of this client in this process stay together.</returns>
    public async ValueTask<(KeyId? Key, ulong? Affinity)> FindAsync(string clientId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var recent = new List<OwnedResource>();
        foreach (var collection in Collections)
        {
            recent.AddRange(await ledger.ListAsync(collection, new ResourceAccess(clientId, SeesAll: false), null, Limits.ResourceGroupMax, cancellationToken));
        }

        recent.Sort((a, b) => b.CreatedAt.CompareTo(a.CreatedAt));
        if (recent.Count == 0 || now - recent[0].CreatedAt > Limits.ResourceGroupTime)
        {
            return (null, (uint)HashCode.Combine(clientId, now.Ticks / Limits.ResourceGroupTime.Ticks) | (1UL << 63));
        }

        var key = recent[0].KeyId;
        var run = recent.TakeWhile(resource => resource.KeyId == key).Count();
        return run < Limits.ResourceGroupMax ? (key, null) : (null, null);
    }
}
