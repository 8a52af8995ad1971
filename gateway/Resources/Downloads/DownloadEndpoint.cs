using GeminiBalance.Gateway.Endpoints;
using GeminiBalance.Gateway.Forwarding;
using GeminiBalance.Gateway.Streaming;
using GeminiBalance.Gateway.Upstream;

namespace GeminiBalance.Gateway.Resources;

/// <summary>Passes the content of a file on as it comes, ranges included, and follows the upstream where it points.</summary>
internal sealed class DownloadEndpoint(AttemptLoop loop)
{
    private static readonly string[] Headers = ["Range", "If-Range", "If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since"];

    /// <param name="context">The client's request.</param>
    /// <param name="face">The dialect of errors.</param>
    /// <param name="call">Where to begin.</param>
    /// <param name="answers">Translates the content line by line; null passes it on as it is.</param>
    public async Task RunAsync(HttpContext context, Face face, UpstreamCall call, BatchAnswerLines? answers = null)
    {
        call = call with { MoreHeaders = Headers, TakesRedirects = true };
        for (var redirects = 0; ; redirects++)
        {
            var receiver = new DownloadReceiver(context, answers);
            var result = await loop.RunAsync(call, receiver, context.RequestAborted);
            if (context.RequestAborted.IsCancellationRequested)
            {
                return;
            }

            if (result.Failure is not null)
            {
                if (receiver.HasCommitted)
                {
                    throw new StreamInterruptedException();
                }

                await (face == Face.Google
                    ? CallFailureAnswer.WriteNativeAsync(context, face, result, call.Model, asArray: false)
                    : CallFailureAnswer.WriteAsync(context, face, result, call.Model));
                return;
            }

            if (receiver.Location is not { } location)
            {
                return;
            }

            if (redirects == Limits.DownloadRedirectsMax || Next(call, location) is not { } next)
            {
                throw new ClientErrorException(new ClientError(
                    StatusCodes.Status502BadGateway, "UNAVAILABLE", "server_error", "upstream_unavailable", "The upstream points to a place that cannot be followed."));
            }

            call = next;
        }
    }

    /// <summary>The same call at another address. The key goes along only to the host that it is for.</summary>
    private static UpstreamCall? Next(UpstreamCall call, string location)
    {
        if (!Uri.TryCreate(call.Address, location, out var address) || address.Scheme != call.Address.Scheme)
        {
            return null;
        }

        var isSameHost = address.Authority == call.Address.Authority && call.Credential != CredentialForm.None;
        return call with { Address = address, Credential = isSameHost ? call.Credential : CredentialForm.None };
    }
}
