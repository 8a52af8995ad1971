using Microsoft.AspNetCore.Http.Features;

namespace GeminiBalance.Gateway.Authentication;

/// <summary>Whose request it is.</summary>
/// <param name="ClientId">A stable public name, see <see cref="Hosting.IClientTokens.FindClientId"/>.</param>
internal sealed record ClientIdentity(string ClientId)
{
    /// <summary>The id of the admin token's owner.</summary>
    public const string AdminId = "admin";

    public bool IsAdmin => ClientId == AdminId;

    /// <summary>The identity that authentication gave the request.</summary>
    public static ClientIdentity Of(HttpContext context) => context.Features.GetRequiredFeature<ClientIdentity>();
}
