using System.Net.Http.Headers;
using System.Text;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Upstream;

/// <summary>Reads an answer whose status is not a success, as far as its bound, and says who is at fault.</summary>
internal static class UpstreamErrors
{
    public static async ValueTask<AttemptResult> ReadAsync(HttpResponseMessage response, UpstreamCall call, ApiKey key, AttemptTimer timer)
    {
        var status = (int)response.StatusCode;
        using var buffer = new PooledBuffer(Limits.BodyChunkBytes / 16, Limits.ErrorBodyBytesMax);
        await ReadBodyAsync(response, buffer, timer);
        var outcome = UpstreamErrorClassifier.Classify(status, buffer.Written.Span, RetryAfter(response));
        if (outcome.Kind == CallOutcomeKind.Succeeded)
        {
            // Neither success nor error, such as a redirect to a page: nobody's answer.
            outcome = new(CallOutcomeKind.UpstreamUnavailable) { Detail = $"{status}" };
        }
        else if (MayMeanResource(status, outcome) && (call.IsAboutResource || call.Pinned is not null))
        {
            outcome = outcome with { Kind = CallOutcomeKind.RequestRejected };
        }
        else if (call.Token is not null && status is >= StatusCodes.Status400BadRequest and < StatusCodes.Status500InternalServerError and not StatusCodes.Status429TooManyRequests)
        {
            outcome = outcome with { Kind = CallOutcomeKind.RequestRejected };
        }
        else if (call.MayNeedUser && status is StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden)
        {
            outcome = outcome with { Kind = CallOutcomeKind.RequestRejected };
        }

        // Google quotes the key of a suspended consumer, and a body that was cut is no JSON any more: such bodies go nowhere.
        var isUnfit = buffer.IsFull || buffer.Written.Span.IndexOf(Encoding.UTF8.GetBytes(key.Reveal())) >= 0;
        return new(outcome)
        {
            Status = status,
            Body = isUnfit ? default(ReadOnlyMemory<byte>) : buffer.Written.ToArray(),
            ContentType = ContentType(response.Content.Headers),
            Consumer = UpstreamErrorClassifier.ReadConsumer(buffer.Written.Span),
        };
    }

    /// <summary>Reads as far as the bound, or as the body comes before it breaks off or stalls: the status says who is at fault even when the rest is lost.</summary>
    private static async ValueTask ReadBodyAsync(HttpResponseMessage response, PooledBuffer buffer, AttemptTimer timer)
    {
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(timer.Token);
            while (!buffer.IsFull && await stream.ReadAsync(buffer.Free(), timer.Token) is > 0 and var count)
            {
                timer.Restart();
                buffer.Advance(count);
            }
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException or OperationCanceledException && !timer.ClientLeft)
        {
            // What has come is classified.
        }
    }

    /// <summary>A 403 without a reason, or a 404: said of a key and of a model in the same words as of a file that the key may not see.</summary>
    private static bool MayMeanResource(int status, in CallOutcome outcome) =>
        (status == StatusCodes.Status403Forbidden && outcome is { Kind: CallOutcomeKind.KeyRejected, IsConclusive: false })
        || (status == StatusCodes.Status404NotFound && outcome.Kind == CallOutcomeKind.ModelNotAvailable);

    // Google tells waits in the body; what stands in front of it, and its newer methods, may use the header.
    private static TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delay } => delay,
        { Date: { } at } when response.Headers.Date is { } now && at > now => at - now,
        _ => null,
    };

    private static string? ContentType(HttpContentHeaders headers) =>
        headers.NonValidated.TryGetValues("Content-Type", out var values) ? values.ToString() : null;
}
