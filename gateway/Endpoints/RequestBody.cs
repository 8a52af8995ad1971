using System.Buffers;
using GeminiBalance.Gateway.Upstream;

namespace GeminiBalance.Gateway.Endpoints;

/// <summary>Reads a client's body as a whole into rented memory, up to <see cref="Limits.RequestBodyBytesMax"/>.</summary>
internal static class RequestBody
{
    private static readonly ClientError Encoded = new(
        StatusCodes.Status415UnsupportedMediaType,
        "INVALID_ARGUMENT",
        "invalid_request_error",
        "unsupported_content_encoding",
        "The body must not be compressed (Content-Encoding).");

    /// <returns>The body; the caller disposes it after the last attempt.</returns>
    /// <exception cref="ClientErrorException">The body is too large or compressed.</exception>
    public static async ValueTask<PooledBuffer> ReadAsync(HttpContext context)
    {
        var request = context.Request;
        Check(request);

        // A length is only a promise: memory is taken as the bytes come.
        var buffer = new PooledBuffer((int)Math.Clamp(request.ContentLength ?? Limits.BodyChunkBytes, 1, 16 * Limits.BodyChunkBytes), Limits.RequestBodyBytesMax);
        try
        {
            await FillAsync(context, buffer);
            return buffer;
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }

    /// <exception cref="ClientErrorException">The body is announced as too large or compressed.</exception>
    public static void Check(HttpRequest request)
    {
        if (request.Headers.ContentEncoding.Count > 0 && request.Headers.ContentEncoding != "identity")
        {
            throw new ClientErrorException(Encoded);
        }

        if (request.ContentLength > Limits.RequestBodyBytesMax)
        {
            throw new ClientErrorException(ClientError.TooLarge());
        }
    }

    private static async ValueTask FillAsync(HttpContext context, PooledBuffer buffer)
    {
        var reader = context.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(context.RequestAborted);
            foreach (var segment in read.Buffer)
            {
                if (segment.Length > Limits.RequestBodyBytesMax - buffer.Count)
                {
                    throw new ClientErrorException(ClientError.TooLarge());
                }

                buffer.Write(segment.Span);
            }

            reader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                return;
            }
        }
    }
}
