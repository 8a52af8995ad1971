using GeminiBalance.Gateway.Endpoints;
using GeminiBalance.Gateway.Telemetry;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Resources;

/// <summary>Which key each resource belongs to. Its failures are the client's 503: without it, nobody knows which key to ask.</summary>
internal sealed partial class ResourceLedger(IResourceStore store, TimeProvider time, ILogger<ResourceLedger> logger)
{
    private static readonly ClientError Unavailable = new(
        StatusCodes.Status503ServiceUnavailable, "UNAVAILABLE", "server_error", "service_unavailable",
        "The gateway cannot reach its record of files, caches and jobs for now.") { RetryAfter = TimeSpan.FromSeconds(5) };

    /// <summary>A live resource that the client may use; its own before others'.</summary>
    /// <returns>The resource, and whether the name is known at all.</returns>
    public async ValueTask<(OwnedResource? Resource, bool IsKnown)> FindAsync(string name, ResourceAccess access, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var live = (await GuardAsync(() => store.FindAsync([name], cancellationToken))).Where(resource => resource.IsLiveAt(now)).ToList();
        return (Choose(live, access), live.Count > 0);
    }

    /// <summary>The same for several names; those that the client may not use are left out like those that nobody has.</summary>
    public async ValueTask<IReadOnlyList<OwnedResource>> FindRowsAsync(IReadOnlyCollection<string> names, ResourceAccess access, CancellationToken cancellationToken)
    {
        if (names.Count == 0)
        {
            return [];
        }

        var now = time.GetUtcNow();
        var rows = (await GuardAsync(() => store.FindAsync(names, cancellationToken))).Where(row => row.IsLiveAt(now)).ToLookup(row => row.Name);
        return [.. rows.Select(owners => Choose(owners, access)).OfType<OwnedResource>()];
    }

    /// <summary>The same for several names at once. Names that nobody has are left out.</summary>
    /// <exception cref="ClientErrorException">One of them is another client's.</exception>
    public async ValueTask<IReadOnlyList<OwnedResource>> FindAllAsync(IReadOnlyList<ResourceName> names, ResourceAccess access, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var rows = (await GuardAsync(() => store.FindAsync([.. names.Select(name => name.Root!)], cancellationToken))).Where(row => row.IsLiveAt(now)).ToLookup(row => row.Name);
        var found = new List<OwnedResource>(names.Count);
        foreach (var name in names)
        {
            if (Choose(rows[name.Root!], access) is { } resource)
            {
                found.Add(resource);
            }
            else if (rows[name.Root!].Any())
            {
                throw new ClientErrorException(ResourceErrors.NotTheirs(name));
            }
        }

        return found;
    }

    public ValueTask<IReadOnlyList<OwnedResource>> ListAsync(
        string collection, ResourceAccess access, ResourcePosition? after, int count, CancellationToken cancellationToken) =>
        GuardAsync(() => store.ListAsync(new ResourceQuery(collection, access.SeesAll ? null : access.ClientId, after, count, time.GetUtcNow()), cancellationToken));

    /// <summary>Writes down what the upstream said of a resource, and of the files it names. Done before the client is told.</summary>
    public async ValueTask RecordAsync(AnsweredResource answered, KeyId key, string clientId, OwnedResource? known, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var resources = new List<OwnedResource>();
        if (answered.Name.IsRoot)
        {
            resources.Add(Describe(answered, key, known?.ClientId ?? clientId, known?.CreatedAt ?? now, now));
        }
        else if (known is null)
        {
            resources.Add(New(answered.Name, key, clientId, now)); // As the job that makes a tuned model.
        }

        if (answered.Name.Collection is ResourceCollection.Batches or ResourceCollection.Operations)
        {
            var owner = known?.ClientId ?? clientId;
            resources.AddRange(AnsweredResource.FilesIn(answered.Json.Span).Select(file => New(file, key, owner, now)));
        }

        await SaveAsync(resources, cancellationToken);
    }

    public async ValueTask SaveAsync(IReadOnlyCollection<OwnedResource> resources, CancellationToken cancellationToken)
    {
        if (resources.Count > 0)
        {
            await GuardAsync<object?>(async () =>
            {
                await store.SaveAsync(resources, cancellationToken);
                return null;
            });
        }
    }

    public async ValueTask RemoveAsync(OwnedResource resource, CancellationToken cancellationToken) => await GuardAsync<object?>(async () =>
    {
        await store.RemoveAsync(resource.Name, resource.ClientId, cancellationToken);
        return null;
    });

    private static OwnedResource? Choose(IEnumerable<OwnedResource> rows, ResourceAccess access) =>
        rows.FirstOrDefault(row => row.ClientId == access.ClientId) ?? rows.FirstOrDefault(access.Allows);

    private static OwnedResource Describe(AnsweredResource answered, KeyId key, string clientId, DateTimeOffset created, DateTimeOffset now)
    {
        var isSmall = answered.Json.Length <= Limits.ResourceJsonBytesMax;
        return New(answered.Name, key, clientId, created) with
        {
            ExpiresAt = answered.ExpiresAt ?? End(answered.Name, now),
            Json = isSmall ? answered.Json : null,
            IsSettled = isSmall && answered.IsSettled,
        };
    }

    private static OwnedResource New(ResourceName name, KeyId key, string clientId, DateTimeOffset created) => new()
    {
        Name = name.Root!, Collection = name.Collection, KeyId = key, ClientId = clientId, CreatedAt = created, ExpiresAt = End(name, created),
    };

    private static DateTimeOffset? End(ResourceName name, DateTimeOffset from) => from + ResourceCollection.Of(name.Collection).Lifetime;

    private async ValueTask<T> GuardAsync<T>(Func<ValueTask<T>> work)
    {
        try
        {
            return await work();
        }
        catch (OperationCanceledException)
        {
            throw;
        }
#pragma warning disable CA1031 // Whatever keeps the store from working, the client is told the same.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Log.StoreFailed(logger, failure);
            throw new ClientErrorException(Unavailable);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.ResourceStoreFailed, LogLevel.Error, "The ledger of files, caches and jobs could not be read or written. Check the database")]
        public static partial void StoreFailed(ILogger logger, Exception failure);
    }
}
