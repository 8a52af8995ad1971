using GeminiBalance.Gateway.Endpoints;
using GeminiBalance.Gateway.Resources;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Interactions;

/// <summary>Which key's project keeps an interaction.</summary>
internal sealed class InteractionLedger(ResourceLedger ledger, TimeProvider time)
{
    /// <summary>The name under which the ledger of resources has an interaction; null when the id is none.</summary>
    public static ResourceName? NameOf(string id) =>
        ResourceName.TryParse($"{ResourceCollection.Interactions}/{id}", out var name) && name is { IsRoot: true, Method: null } ? name : null;

    /// <summary>An interaction that the client may go on with.</summary>
    /// <exception cref="ClientErrorException">It is not there, or another client's.</exception>
    public async ValueTask<OwnedResource> FindAsync(string id, ResourceAccess access, CancellationToken cancellationToken) =>
        NameOf(id) is { } name && (await ledger.FindAsync(name.Root!, access, cancellationToken)).Resource is { } found
            ? found
            : throw new ClientErrorException(new ClientError(
                StatusCodes.Status404NotFound, "NOT_FOUND", "invalid_request_error", "resource_not_found",
                "There is no such interaction: it was not stored, was made without this gateway or with another access token, has expired or was deleted."));

    public ValueTask SaveAsync(string id, KeyId key, string clientId)
    {
        var now = time.GetUtcNow();
        return NameOf(id) is not { } name ? default : ledger.SaveAsync(
            [
                new OwnedResource
                {
                    Name = name.Root!, Collection = name.Collection, KeyId = key, ClientId = clientId, CreatedAt = now,
                    ExpiresAt = now + ResourceCollection.Of(name.Collection).Lifetime,
                },
            ],
            CancellationToken.None); // The upstream has it: a client that leaves now must not keep it from being written down.
    }

    public ValueTask RemoveAsync(OwnedResource interaction) => ledger.RemoveAsync(interaction, CancellationToken.None);
}
