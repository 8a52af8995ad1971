using GeminiBalance.Gateway.Endpoints;
using GeminiBalance.Gateway.Hosting;
using GeminiBalance.Gateway.Live;
using GeminiBalance.Gateway.Resources;
using GeminiBalance.Gateway.Telemetry;

namespace GeminiBalance.Gateway.Authentication;

/// <summary>Lets only accepted clients at the faces; an answer of 401 is given before any of the body is read.</summary>
internal sealed partial class ClientAuthentication(RequestDelegate next, IClientTokens tokens, ILogger<ClientAuthentication> logger)
{
    private static readonly ClientError Rejected = new(
        StatusCodes.Status401Unauthorized,
        "UNAUTHENTICATED",
        "invalid_request_error",
        "invalid_api_key",
        "Missing or unknown access token. Send one of this gateway's ALLOWED_TOKENS as 'Authorization: Bearer', 'x-goog-api-key' or 'x-api-key'.");

    public Task InvokeAsync(HttpContext context)
    {
        if (FaceMetadata.Find(context) is not { } face)
        {
            return next(context);
        }

        if (ClientCredentials.FindClientId(context.Request, tokens) is { } clientId)
        {
            context.Features.Set(new ClientIdentity(clientId));
            return next(context);
        }

        if (UploadMetadata.Covers(context) || LiveTokenMetadata.Covers(context))
        {
            return next(context);
        }

        Log.ClientRejected(logger, context.Request.Method, context.Request.Path.Value);
        context.Response.Headers.WWWAuthenticate = "Bearer";

        // Claude Code asks ten times, and says nothing meanwhile, unless it is told not to.
        context.Response.Headers["x-should-retry"] = "false";
        return ErrorAnswers.WriteAsync(context, face, Rejected);
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.ClientRejected, LogLevel.Debug, "{Method} {Path} without an accepted token")]
        public static partial void ClientRejected(ILogger logger, string method, string? path);
    }
}
