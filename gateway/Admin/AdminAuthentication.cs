using GeminiBalance.Gateway.Hosting;

namespace GeminiBalance.Gateway.Admin;

/// <summary>Lets only the admin token at the endpoints marked with <see cref="AdminMetadata"/>, before any body is read.</summary>
internal sealed class AdminAuthentication(RequestDelegate next, IClientTokens tokens)
{
    private const string BearerPrefix = "Bearer ";

    public Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<AdminMetadata>() is null)
        {
            return next(context);
        }

        var header = context.Request.Headers.Authorization;
        var credential = (header.Count == 1 ? header[0] : "").AsSpan().Trim();
        var token = credential.StartsWith(BearerPrefix, StringComparison.OrdinalIgnoreCase) ? credential[BearerPrefix.Length..].Trim() : credential;
        if (tokens.IsAdmin(token))
        {
            return next(context);
        }

        if (tokens.IsClient(token))
        {
            return AdminAnswers.ErrorAsync(context, StatusCodes.Status403Forbidden, "permission_denied", "This needs the admin token; the token sent is a client's.");
        }

        context.Response.Headers.WWWAuthenticate = "Bearer";
        return AdminAnswers.ErrorAsync(context, StatusCodes.Status401Unauthorized, "unauthenticated", "Send the admin token as 'Authorization: Bearer'.");
    }
}
