using GeminiBalance.Gateway.Authentication;
using GeminiBalance.Gateway.Endpoints;
using GeminiBalance.Gateway.Settings;

namespace GeminiBalance.Gateway.Resources;

/// <summary>Finds what an id of OpenAI's dialect means, among what is the client's.</summary>
internal sealed class OpenAIResources(ResourceLedger ledger, ISettingsSource settings)
{
    /// <exception cref="ClientErrorException">There is none, or it is another client's.</exception>
    public ValueTask<(ResourceName Name, OwnedResource Resource)> FindFileAsync(HttpContext context, string? id) => FindAsync(context, ResourceCollection.Files, id);

    /// <exception cref="ClientErrorException">There is none, or it is another client's.</exception>
    public ValueTask<(ResourceName Name, OwnedResource Resource)> FindBatchAsync(HttpContext context, string? id) => FindAsync(context, ResourceCollection.Batches, id);

    private async ValueTask<(ResourceName Name, OwnedResource Resource)> FindAsync(HttpContext context, string collection, string? id)
    {
        if (!ResourceName.TryParse(OpenAIFileId.ToName(id), out var name) || name.Collection != collection || name is not { IsRoot: true, Method: null }
            || (await ledger.FindAsync(name.Root!, ResourceAccess.Of(ClientIdentity.Of(context), settings.Current), context.RequestAborted)).Resource is not { } resource)
        {
            throw new ClientErrorException(ResourceErrors.NoSuch(collection, id ?? ""));
        }

        return (name, resource);
    }
}
