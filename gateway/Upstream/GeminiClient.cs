using System.Net;
using System.Net.Http.Headers;
using GeminiBalance.Gateway.Egress;
using GeminiBalance.Gateway.Forwarding;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Upstream;

/// <summary>One HTTP attempt: a call and a lease in, an outcome out.</summary>
internal sealed class GeminiClient(IEgress egress, ProjectSuspicions suspicions, TimeProvider time)
{
    /// <summary>Sends the call once and lets the receiver read a successful answer.</summary>
    /// <param name="call">What to send.</param>
    /// <param name="lease">With which key, and until when.</param>
    /// <param name="attempt">Which attempt it is, from one.</param>
    /// <param name="receiver">Reads an answer with a status of success.</param>
    /// <param name="client">Fires when the client leaves.</param>
    public async ValueTask<AttemptResult> SendAsync(UpstreamCall call, KeyLease lease, int attempt, IAnswerReceiver receiver, CancellationToken client)
    {
        if (egress.ClientFor(call.Settings, lease.Key.Id.Value) is not { } connections)
        {
            return new(new(CallOutcomeKind.NotSent) { Detail = ProxyFaults.None, Fault = CallFault.NoProxy }) { IsUnreachable = true };
        }

        var started = time.GetTimestamp();
        using var timer = new AttemptTimer(lease.SendBefore - time.GetUtcNow(), call.Settings.TimeOut, time, client);
        LeasedContent? content = call.Stream is { } stream ? new StreamedContent(stream, lease.SendBefore, timer, time)
            : call.Body is { } body ? new LeasedContent(body, lease.SendBefore, timer, time)
            : null;
        var sentAt = time.GetUtcNow();
        if (content is null)
        {
            // Without a body there is no later moment to check the lease at.
            timer.Restart();
        }

        AttemptResult result;
        try
        {
            using var request = BuildRequest(call, lease.Key, content);
            using var response = await connections.SendAsync(request, timer.Token);
            timer.Restart();
            result = response.IsSuccessStatusCode || (call.IsUpgrade && response.StatusCode == HttpStatusCode.SwitchingProtocols)
                || (call.TakesRedirects && (int)response.StatusCode is >= 300 and < 400)
                ? await ReceiveAsync(response, timer, lease, attempt, receiver)
                : await UpstreamErrors.ReadAsync(response, call, lease.Key, timer);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException or LeaseExpiredException)
        {
            result = call.Stream is { ClientFailed: true }
                ? new(new(CallOutcomeKind.ClientLeft))
                : Fault(exception, timer, hasStarted: content?.HasStarted ?? !IsConnectFailure(exception));
        }

        if (result is { Status: StatusCodes.Status429TooManyRequests or StatusCodes.Status403Forbidden, Consumer: { } consumer })
        {
            suspicions.Observe(lease.Key.Id, call.Model, consumer);
        }

        return result with { Outcome = result.Outcome with { SentAt = content is null ? sentAt : content.SentAt, Latency = time.GetElapsedTime(started) } };
    }

    private static async ValueTask<AttemptResult> ReceiveAsync(
        HttpResponseMessage response, AttemptTimer timer, KeyLease lease, int attempt, IAnswerReceiver receiver)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(timer.Token);
        var answer = new UpstreamAnswer(response, stream, timer, lease.Key, attempt);
        try
        {
            return new AttemptResult(await receiver.ReceiveAsync(answer)) { Otherwise = answer.Otherwise };
        }
        finally
        {
            answer.HasEnded = true;
        }
    }

    // A call without a body has no moment of its own at which it leaves.
    private static bool IsConnectFailure(Exception exception) => exception is HttpRequestException
    {
        HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError
    };

    private static AttemptResult Fault(Exception exception, AttemptTimer timer, bool hasStarted)
    {
        if (exception is HttpRequestException { InnerException: EgressException })
        {
            // Nothing was sent, and the next try leaves by another proxy.
            return new(new(CallOutcomeKind.NotSent) { Detail = ProxyFaults.One });
        }

        if (!hasStarted)
        {
            return new(new(CallOutcomeKind.NotSent)) { IsUnreachable = exception is HttpRequestException && !timer.ClientLeft };
        }

        if (timer.ClientLeft)
        {
            return new(new(CallOutcomeKind.ClientLeft));
        }

        return exception is OperationCanceledException
            ? new(new(CallOutcomeKind.UpstreamTimedOut) { Detail = "no answer in time" })
            : new(new(CallOutcomeKind.UpstreamBroken) { Detail = "connection broke before an answer" });
    }

    private static HttpRequestMessage BuildRequest(UpstreamCall call, ApiKey key, LeasedContent? content)
    {
        var request = new HttpRequestMessage(call.Method, call.Token is { } token ? UpstreamAddress.WithToken(call.Address, token) : call.Address) { Content = content };
        if (call.ClientHeaders is { } headers)
        {
            ForwardedHeaders.Copy(headers, request.Headers);
        }

        if (call.IsUpgrade)
        {
            WebSocketUpgrade.Prepare(request);
        }

        if (call.ClientHeaders is not null && call.MoreHeaders.Count > 0)
        {
            ForwardedHeaders.CopyMore(call.ClientHeaders, call.MoreHeaders, request);
        }

        if (content is not null && call.ContentType is { } contentType)
        {
            content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        if (call.Settings.CustomHeaders.Count > 0 && call.Credential is CredentialForm.GoogleHeader or CredentialForm.Bearer)
        {
            AddCustomHeaders(call, request.Headers);
        }

        // The one credential, last, so that nothing above can stand beside it.
        if (call.Credential == CredentialForm.Bearer)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key.Reveal());
        }
        else if (call.Credential == CredentialForm.GoogleHeader)
        {
            request.Headers.TryAddWithoutValidation("x-goog-api-key", key.Reveal());
        }

        return request;
    }

    private static void AddCustomHeaders(UpstreamCall call, HttpRequestHeaders headers)
    {
        foreach (var (name, value) in call.Settings.CustomHeaders)
        {
            if (headers.NonValidated.Contains(name))
            {
                headers.Remove(name);
            }

            headers.TryAddWithoutValidation(name, value);
        }

        headers.Remove("x-goog-api-key");
    }
}
