using GeminiBalance.Gateway.Forwarding;
using GeminiBalance.Gateway.Streaming;
using GeminiBalance.Gateway.Telemetry;
using GeminiBalance.KeyPool;
using GeminiBalance.Protocol;
using GeminiBalance.Protocol.Gemini;

namespace GeminiBalance.Gateway.Endpoints;

/// <summary>Turns what escapes an endpoint into an error in the client's shape. Nothing of an exception's text reaches the client.</summary>
internal sealed partial class ErrorGuard(RequestDelegate next, ILogger<ErrorGuard> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (StreamInterruptedException)
        {
            // Kestrel closes a started answer without its end mark only when the application throws: an abort would
            // discard the error event that is still on its way to the socket.
            throw;
        }
#pragma warning disable CA1031 // The last stop before the server: whatever it is, the client gets a shape it can read.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            if (context.RequestAborted.IsCancellationRequested)
            {
                return;
            }

            var error = Explain(exception, context.Request);
            if (context.Response.HasStarted || FaceMetadata.Find(context) is not { } face)
            {
                throw;
            }

            await ErrorAnswers.WriteAsync(context, face, error);
        }
    }

    private ClientError Explain(Exception exception, HttpRequest request)
    {
        switch (exception)
        {
            case ClientErrorException client:
                return client.Error;
            case TranslationException translation:
                return ClientError.InvalidRequest(translation.Message, translation.Param, translation.Code);
            case MalformedAnswerException:
                return FailureAnswers.Explain(new CallOutcome(CallOutcomeKind.UpstreamBroken));
            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }:
                return ClientError.TooLarge();
            case BadHttpRequestException:
                return ClientError.InvalidRequest("The request body could not be read.");
            default:
                Log.RequestCrashed(logger, request.Method, request.Path.Value, exception);
                return ClientError.Internal();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.RequestCrashed, LogLevel.Error, "{Method} {Path} failed by a fault of the gateway")]
        public static partial void RequestCrashed(ILogger logger, string method, string? path, Exception exception);
    }
}
