using GeminiBalance.Gateway.Endpoints;
using GeminiBalance.Gateway.Upstream;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Resources;

/// <summary>Finds the one key that can serve a request, by the resources it names.</summary>
internal sealed class ResourcePins(ResourceLedger ledger)
{
    /// <returns>Null when any key will do: the request names nothing, or only what this gateway did not store.</returns>
    /// <exception cref="ClientErrorException">It names another client's resource, or resources of several keys, or it may: it is no JSON.</exception>
    public ValueTask<KeyId?> FindAsync(ReadOnlySpan<byte> body, ResourceAccess access, CancellationToken cancellationToken)
    {
        var names = Read(body, access);
        return names.Count == 0 ? default : FindAsync(names, access, cancellationToken);
    }

    /// <summary>The same for any call: its body, and the model it is about, which may be a tuned one.</summary>
    /// <returns>The call, for one key alone when it names what belongs to it.</returns>
    /// <exception cref="ClientErrorException">As above, or it is for another key already.</exception>
    public ValueTask<UpstreamCall> PinAsync(UpstreamCall call, CancellationToken cancellationToken)
    {
        var access = ResourceAccess.Of(call.ClientId, call.Settings);
        var names = call.Body is { } body ? Read(body.Span, access) : [];
        if (call.Model.StartsWith("tunedModels/", StringComparison.Ordinal) && ResourceName.TryParse(call.Model, out var model))
        {
            names = [model, .. names];
        }

        return names.Count == 0 ? new(call) : PinAsync(call, names, access, cancellationToken);
    }

    private static IReadOnlyList<ResourceName> Read(ReadOnlySpan<byte> body, ResourceAccess access)
    {
        var names = NamedResources.Find(body, out var isWhole);
        return isWhole || access.SeesAll
            ? names
            : throw new ClientErrorException(ClientError.InvalidRequest("The body is not valid JSON, so it cannot be told whose files it names. Send valid JSON."));
    }

    private async ValueTask<UpstreamCall> PinAsync(UpstreamCall call, IReadOnlyList<ResourceName> names, ResourceAccess access, CancellationToken cancellationToken)
    {
        if (await FindAsync(names, access, cancellationToken) is not { } key)
        {
            return call with { IsAboutResource = true };
        }

        return call.Pinned is null || call.Pinned == key
            ? call with { Pinned = key }
            : throw new ClientErrorException(ResourceErrors.DifferentKeys(call.PinnedBy ?? call.Address.AbsolutePath, names[0].Root!));
    }

    private async ValueTask<KeyId?> FindAsync(IReadOnlyList<ResourceName> names, ResourceAccess access, CancellationToken cancellationToken)
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
