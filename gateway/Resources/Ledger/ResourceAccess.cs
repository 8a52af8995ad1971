using GeminiBalance.Gateway.Authentication;
using GeminiBalance.Gateway.Settings;

namespace GeminiBalance.Gateway.Resources;

/// <summary>Whose resources a client may use.</summary>
/// <param name="ClientId">Who asks.</param>
/// <param name="SeesAll">Whether everybody's resources are theirs to use: the admin's, or all clients' when they are not kept apart.</param>
internal readonly record struct ResourceAccess(string ClientId, bool SeesAll)
{
    public static ResourceAccess Of(ClientIdentity client, GatewaySettings settings) =>
        new(client.ClientId, client.IsAdmin || !settings.Resources.IsolatesClients);

    public static ResourceAccess Of(string clientId, GatewaySettings settings) => Of(new ClientIdentity(clientId), settings);

    public bool Allows(OwnedResource resource) => SeesAll || resource.ClientId == ClientId;
}
