using GeminiBalance.Gateway.Endpoints;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Resources;

/// <summary>Finds the one key that can serve a request, by the resources it names.</summary>
internal sealed class ResourcePins(ResourceLedger ledger)
{
    /// <returns>Null when any key will do: the request names nothing, or only what this gateway did not store.</returns>
    /// <exception cref="ClientErrorException">It names another client's resource, or resources of several keys.</exception>
    public ValueTask<KeyId?> FindAsync(ReadOnlySpan<byte> body, ResourceAccess access, CancellationToken cancellationToken)
    {
        var names = NamedResources.Find(body);
        return names.Count == 0 ? default : FindAsync(names, access, cancellationToken);
    }

    /// <summary>The same for a call of a model, which may be a tuned one.</summary>
    public ValueTask<KeyId?> FindAsync(GeminiPath path, ReadOnlySpan<byte> body, ResourceAccess access, CancellationToken cancellationToken)
    {
        var names = NamedResources.Find(body);
        return path.Collection != "models" && ResourceName.TryParse($"{path.Collection}/{path.Model}", out var model) ? FindAsync([model, .. names], access, cancellationToken)
            : names.Count == 0 ? default
            : FindAsync(names, access, cancellationToken);
    }

    public async ValueTask<KeyId?> FindAsync(IReadOnlyList<ResourceName> names, ResourceAccess access, CancellationToken cancellationToken)
    {
        if (names.Count > Limits.NamedResourcesMax)
        {
            throw new ClientErrorException(ClientError.InvalidRequest($"The request names more than {Limits.NamedResourcesMax} files, caches and stores."));
        }

        var found = await ledger.FindAllAsync(names, access, cancellationToken);
        foreach (var other in found)
        {
            if (other.KeyId != found[0].KeyId)
            {
                throw new ClientErrorException(ResourceErrors.DifferentKeys(found[0].Name, other.Name));
            }
        }

        return found.Count == 0 ? null : found[0].KeyId;
    }
}
