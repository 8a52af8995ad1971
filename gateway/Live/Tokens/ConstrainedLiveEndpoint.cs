using GeminiBalance.Gateway.Authentication;
using GeminiBalance.Gateway.Endpoints;

namespace GeminiBalance.Gateway.Live;

/// <summary>Live sessions of clients that have a token made for them, such as browsers, and no access token.</summary>
internal sealed class ConstrainedLiveEndpoint(LiveEndpoint live, LiveTokens tokens)
{
    private static readonly ClientError Unknown = new(
        StatusCodes.Status401Unauthorized, "UNAUTHENTICATED", "invalid_request_error", "invalid_api_key",
        "Missing, unknown or expired token. This path takes tokens of POST /v1alpha/auth_tokens of this gateway, as 'access_token'.");

    /// <param name="context">The client's request.</param>
    /// <param name="path">The upstream's path for it.</param>
    public async Task HandleAsync(HttpContext context, string path)
    {
        if (await tokens.FindAsync(TextIn(context.Request), context.RequestAborted) is not { } token)
        {
            await ErrorAnswers.WriteAsync(context, Face.Google, Unknown);
            return;
        }

        context.Features.Set(new ClientIdentity(token.ClientId));
        await live.HandleAsync(context, path, token);
    }

    private static string? TextIn(HttpRequest request) => request.Query.TryGetValue("access_token", out var query) ? query[0]
        : request.Headers.Authorization.ToString().Split(' ', 2) is ["Token" or "Bearer", var text] ? text.Trim()
        : null;
}
