using System.Globalization;

namespace GeminiBalance.Gateway.Streaming;

/// <summary>The headers of an answer: what the upstream says of the body, and what the gateway says of the call.</summary>
internal static class AnswerHeaders
{
    public const string Attempts = "x-gateway-attempts";
    public const string KeyId = "x-gateway-key-id";

    private static readonly string[] Copied = ["Content-Disposition", "x-gemini-service-tier"];

    /// <summary>Sets how many calls it took and the public id of the key that ended it.</summary>
    public static void SetCall(HttpResponse response, int attempts, KeyPool.KeyId? keyId)
    {
        response.Headers[Attempts] = attempts.ToString(CultureInfo.InvariantCulture);
        if (keyId is { } id)
        {
            response.Headers[KeyId] = id.Value;
        }
    }

    /// <summary>Copies status and headers of a native answer.</summary>
    public static void SetNative(HttpResponse response, HttpResponseMessage answer)
    {
        response.StatusCode = (int)answer.StatusCode;
        if (answer.Content.Headers.NonValidated.TryGetValues("Content-Type", out var contentType))
        {
            response.ContentType = contentType.ToString();
        }

        foreach (var name in Copied)
        {
            if (answer.Headers.NonValidated.TryGetValues(name, out var values) || answer.Content.Headers.NonValidated.TryGetValues(name, out values))
            {
                response.Headers[name] = values.ToString();
            }
        }
    }

    /// <summary>Asks every proxy on the way to pass events on at once.</summary>
    public static void SetStream(HttpResponse response)
    {
        response.Headers.CacheControl = "no-cache";
        response.Headers["X-Accel-Buffering"] = "no";
    }
}
